package dev.sluice.contract;

import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The embedded server with TLS, on the standard lane: what TLS can break. The questions about
 * addresses, probes and limits are asked on the fast lane, and without TLS on both.
 */
@Tag("thorough")
class EmbeddedTlsIT {

  @RegisterExtension static final SharedGateway GATEWAY = SharedGateway.withTls(Lane.STANDARD);

  @Nested
  class Relay extends RelayContract {}

  @Nested
  class FlowControl extends FlowControlContract {}

  @Nested
  class Ends extends EndsContract {}

  @Nested
  class Tls extends TlsContract {}
}
