package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hostile clients of the embedded server on the fast lane. */
@Tag("thorough")
class HostileEmbeddedFastIT extends HostileContract {

  @RegisterExtension static final SharedGateway GATEWAY = scarce(ServerKind.EMBEDDED, Lane.FAST);
}
