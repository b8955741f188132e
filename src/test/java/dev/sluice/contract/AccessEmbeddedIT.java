package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server on the standard lane, with a configuration that knows its callers. */
@Tag("thorough")
class AccessEmbeddedIT extends AccessSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY =
      SharedGateway.withAccounts(ServerKind.EMBEDDED, Lane.STANDARD);
}
