package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payara Micro on the fast lane. */
class PayaraFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.on(ServerKind.PAYARA, Lane.FAST);
}
