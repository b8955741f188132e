package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** WildFly on the fast lane, with a configuration that knows its callers. */
@Tag("thorough")
class AccessWildFlyFastIT extends AccessSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.withAccounts(ServerKind.WILDFLY, Lane.FAST);
}
