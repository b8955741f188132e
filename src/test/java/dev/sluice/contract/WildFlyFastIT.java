package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WildFly on the fast lane. */
class WildFlyFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.on(ServerKind.WILDFLY, Lane.FAST);
}
