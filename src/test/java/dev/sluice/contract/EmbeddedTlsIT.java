package dev.sluice.contract;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server with TLS, on the standard lane: the same questions, asked by wss:. */
class EmbeddedTlsIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY =
      new SharedGateway(
          Lane.STANDARD, yaml -> GatewayServer.startSecure(pem(), yaml, List.of("-Xmx512m")));

  private static Path pem() {
    try {
      Path directory = Files.createTempDirectory("sluice-tls-");
      TestCertificate.make(directory, "EC").writePem(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nested
  class Tls extends TlsContract {}
}
