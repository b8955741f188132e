package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server on the fast lane, with a configuration that knows its callers. */
class AccessEmbeddedFastIT extends AccessSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.withAccounts(ServerKind.EMBEDDED, Lane.FAST);
}
