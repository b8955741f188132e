package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hostile clients of Payara Micro on the fast lane. */
@Tag("thorough")
class HostilePayaraFastIT extends HostileContract {

  @RegisterExtension static final SharedGateway GATEWAY = scarce(ServerKind.PAYARA, Lane.FAST);
}
