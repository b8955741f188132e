package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Jcmd;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payara when nobody has asked anything for longer than it gives a request: 15 minutes by itself,
 * two seconds here, set ahead of what {@code server-config} says of it.
 */
@Tag("thorough")
@Timeout(240)
class PayaraAtRestIT {

  private static final String POOL = "http-thread-pool";

  private static final String TWO_SECONDS =
      """
      set configs.config.server-config.network-config.protocols.protocol.http-listener.http.request-timeout-seconds=2
      set configs.config.server-config.network-config.protocols.protocol.https-listener.http.request-timeout-seconds=2
      """;

  private static final long LONGER_MILLIS = 6_000;

  @TempDir Path dir;

  @Test
  void itsThreadsRest() throws Exception {
    try (GatewayServer server =
        GatewayServer.start(ServerKind.PAYARA, "", GatewayServer.USUAL, this::withTwoSeconds)) {
      Thread.sleep(LONGER_MILLIS);
      double before = Jcmd.cpuMillis(server.pid(), POOL);
      assertThat(before).as("threads that it has, by this name").isPositive();

      Thread.sleep(LONGER_MILLIS);

      // one that spins has a tenth of the time even on a machine with much else to do
      assertThat(Jcmd.cpuMillis(server.pid(), POOL) - before).isLessThan(LONGER_MILLIS / 20.0);
    }
  }

  private List<String> withTwoSeconds(List<String> command) {
    try {
      String usual = Files.readString(Parts.serverConfig().resolve("payara/pre-boot.txt"));
      Path commands = Files.writeString(dir.resolve("pre-boot.txt"), TWO_SECONDS + usual);
      List<String> changed = new ArrayList<>(command);
      changed.set(changed.indexOf("--prebootcommandfile") + 1, commands.toString());
      changed.addAll(List.of("--sslport", Integer.toString(Ports.free())));
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
