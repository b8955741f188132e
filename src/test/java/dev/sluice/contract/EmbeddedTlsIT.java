package dev.sluice.contract;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server with TLS, on the standard lane: the same questions, asked by wss:. */
class EmbeddedTlsIT {

  @RegisterExtension
  static final SharedGateway GATEWAY =
      new SharedGateway(yaml -> GatewayServer.startSecure(pem(), yaml, onLane("standard")));

  private static Path pem() {
    try {
      Path directory = Files.createTempDirectory("sluice-tls-");
      TestCertificate.make(directory, "EC").writePem(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> onLane(String lane) {
    return List.of("-Xmx512m", "-Dsluice.tunnel.lane=" + lane);
  }

  @Nested
  class Tls extends TlsContract {}

  @Nested
  class Relay extends RelayContract {}

  @Nested
  class FlowControl extends FlowControlContract {}

  @Nested
  class Ends extends EndsContract {}

  @Nested
  class BrokenEnds extends BrokenEndsContract {}

  @Nested
  class Refusals extends RefusalContract {}

  @Nested
  class Probes extends ProbeContract {}

  @Nested
  class Lifecycle extends LifecycleContract {}

  @Nested
  class StuckTargets extends StuckTargetsContract {}
}
