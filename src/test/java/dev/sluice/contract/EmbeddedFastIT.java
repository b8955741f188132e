package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server on the fast lane. */
class EmbeddedFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = SharedGateway.on(ServerKind.EMBEDDED, Lane.FAST);
}
