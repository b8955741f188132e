package dev.sluice.contract;

import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server with TLS, on the fast lane: the same questions, asked by wss:. */
class EmbeddedTlsFastIT extends ContractSuite {

  @RegisterExtension static final SharedGateway GATEWAY = SharedGateway.withTls(Lane.FAST);

  @Nested
  class Tls extends TlsContract {}
}
