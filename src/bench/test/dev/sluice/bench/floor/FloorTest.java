package dev.sluice.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.peer.PeerKind;
import dev.sluice.bench.trial.ChurnTrial;
import dev.sluice.bench.trial.Figures;
import dev.sluice.bench.trial.Lab;
import dev.sluice.bench.trial.RoundTripTrial;
import dev.sluice.bench.trial.UpTrial;
import dev.sluice.testkit.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FloorTest {

  private static final PeerKind.Ours OURS = new PeerKind.Ours(List.of("-Xmx256m"), false);

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void theEndpointCountsEveryByteThatClientsSend() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Peer peer = PeerKind.EMBEDDED_FLOOR.start(target.port(), OURS)) {
      Figures figures = new UpTrial(1024, 2).run(new Lab(target, 0.1, 0.1, 0), peer);
      // that everything sent has arrived is asked by the test itself
      assertThat(figures.values()).doesNotContainKey(Figures.ERROR);
      assertThat((Double) figures.values().get("mb_s")).isPositive();
      assertThat(peer.count().orElseThrow().sum()).isPositive();
      assertThat(target.received()).isZero();
      assertThat(new RoundTripTrial(1).suits(peer)).isFalse();
    }
  }

  @Test
  @Timeout(120)
  void connectionsThatWantAnEchoGetIt() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Peer peer = PeerKind.EMBEDDED_FLOOR.start(target.port(), OURS)) {
      ChurnTrial churn = new ChurnTrial(2);
      assertThat(churn.suits(peer)).isTrue();
      Figures figures = churn.run(new Lab(target, 0.1, 0.5, 0), peer);
      assertThat(figures.values()).doesNotContainKey(Figures.ERROR);
      assertThat((Double) figures.values().get("conn_s")).isPositive();
    }
  }

  @Test
  void theApplicationIsThreeClasses() throws Exception {
    try (ZipFile war = new ZipFile(FloorWar.write(directory).toFile())) {
      assertThat(war.stream().map(ZipEntry::getName))
          .containsExactlyInAnyOrder(
              "WEB-INF/classes/dev/sluice/bench/floor/CountingEndpoint.class",
              "WEB-INF/classes/dev/sluice/bench/floor/ByteCount.class",
              "WEB-INF/classes/dev/sluice/bench/floor/ReadyServlet.class");
    }
  }
}
