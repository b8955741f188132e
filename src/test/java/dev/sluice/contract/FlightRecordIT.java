package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java Flight Recorder keeps of a tunnel, on every server. */
@Tag("thorough")
@Timeout(240)
class FlightRecordIT {

  private static final int SIZE = 32 << 20;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void aTunnelIsRecordedFromItsOpeningToItsEndWithItsPauses(ServerKind kind) throws Exception {
    Path file = directory.resolve("tunnels.jfr");
    BytePattern pattern = new BytePattern(2);
    try (TcpTarget source = Targets.source(pattern, SIZE)) {
      List<String> options =
          List.of("-Xmx512m", "-XX:StartFlightRecording=dumponexit=true,filename=" + file);
      try (GatewayServer server =
          GatewayServer.start(
              kind,
              SuiteConfig.on(Lane.FAST, "source", source.port()).tunnel("ping", "30s").yaml(),
              options)) {
        WsClient client =
            WsHandshake.to(server.tunnel(source.port())).receiveBuffer(65_536).connect();
        Await.until("the gate is shut", () -> server.metric("sluice_buffered_bytes") > 600_000);
        PatternCheck check = new PatternCheck(pattern);
        assertThat(client.receiveAll(check).code()).isEqualTo(1000);
        assertThat(check.count()).isEqualTo(SIZE);
        Await.until("it has ended", () -> server.metric("sluice_tunnels_open") == 0);
        server.terminate();
        server.awaitExit();
      }
      assertRecorded(file, "127.0.0.1:" + source.port());
    }
  }

  private static void assertRecorded(Path file, String target) throws IOException {
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    RecordedEvent opened = only(events, "dev.sluice.TunnelOpened");
    assertThat(opened.getString("target")).isEqualTo(target);
    assertThat(opened.getString("lane")).isEqualTo("fast");
    String tunnel = opened.getString("tunnel");
    RecordedEvent ended = only(events, "dev.sluice.TunnelEnded");
    assertThat(ended.getString("tunnel")).isEqualTo(tunnel);
    assertThat(ended.getString("outcome")).isEqualTo("target_closed");
    assertThat(ended.getLong("down")).isEqualTo(SIZE);
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("dev.sluice.TunnelPaused"))
        .isNotEmpty()
        .allMatch(event -> event.getString("tunnel").equals(tunnel))
        .allMatch(event -> event.getString("direction").equals("down"))
        .allMatch(event -> event.getDuration("length").toNanos() > 0);
  }

  private static RecordedEvent only(List<RecordedEvent> events, String name) {
    List<RecordedEvent> found =
        events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }
}
