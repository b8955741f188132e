package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payara Micro on the fast lane, with a configuration that knows its callers. */
@Tag("thorough")
class AccessPayaraFastIT extends AccessSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.withAccounts(ServerKind.PAYARA, Lane.FAST);
}
