package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WildFly on the fast lane, by its own TLS: where a tunnel lives on the servlet's streams. */
@Tag("thorough")
class WildFlyTlsFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.withOwnTls(ServerKind.WILDFLY, Lane.FAST);
}
