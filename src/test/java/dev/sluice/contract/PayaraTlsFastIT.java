package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payara Micro on the fast lane, by its own TLS: where a tunnel lives on the servlet's streams. */
@Tag("thorough")
class PayaraTlsFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.withOwnTls(ServerKind.PAYARA, Lane.FAST);
}
