package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics =
      new Metrics(
          "1.2.3",
          new Metrics.KnownOutcomes(
              List.of("accepted", "target_denied"),
              List.of("target_closed"),
              List.of("ping", "ssh"),
              List.of("success", "connect_failed"),
              List.of("per-user")));

  @Test
  void whatHasNotHappenedYetIsShownAsZero() throws IOException {
    assertThat(text())
        .contains(
            "sluice_handshakes_total{outcome=\"accepted\"} 0.0",
            "sluice_handshakes_total{outcome=\"target_denied\"} 0.0",
            "sluice_ends_total{outcome=\"target_closed\"} 0.0",
            "sluice_probes_total{kind=\"ping\",outcome=\"connect_failed\"} 0.0",
            "sluice_probes_total{kind=\"ssh\",outcome=\"success\"} 0.0",
            "sluice_dial_seconds_count 0");
  }

  @Test
  void everyEventIsCountedUnderItsOutcome() throws IOException {
    metrics.handshake("accepted");
    metrics.handshake("accepted");
    metrics.ended("target_closed");
    metrics.ended("stalled");
    metrics.probed("ping", "success");
    assertThat(text())
        .contains(
            "sluice_handshakes_total{outcome=\"accepted\"} 2.0",
            "sluice_handshakes_total{outcome=\"target_denied\"} 0.0",
            "sluice_ends_total{outcome=\"target_closed\"} 1.0",
            "sluice_ends_total{outcome=\"stalled\"} 1.0",
            "sluice_probes_total{kind=\"ping\",outcome=\"success\"} 1.0");
  }

  @Test
  void dialTimesFallIntoBucketsInSeconds() throws IOException {
    metrics.dialled(TimeUnit.MILLISECONDS.toNanos(2));
    metrics.dialled(TimeUnit.SECONDS.toNanos(60));
    assertThat(text())
        .contains(
            "sluice_dial_seconds_bucket{le=\"0.001\"} 0",
            "sluice_dial_seconds_bucket{le=\"0.0025\"} 1",
            "sluice_dial_seconds_bucket{le=\"30.0\"} 1",
            "sluice_dial_seconds_bucket{le=\"+Inf\"} 2",
            "sluice_dial_seconds_count 2",
            "sluice_dial_seconds_sum 60.002");
  }

  @Test
  void liveFiguresAreReadAtEachScrape() throws IOException {
    FakeFigures figures = new FakeFigures();
    metrics.show(figures);
    assertThat(text()).contains("sluice_tunnels_open 7.0");
    figures.open = 8;
    assertThat(text())
        .contains(
            "sluice_tunnels_open 8.0",
            "sluice_bytes_total{direction=\"up\"} 100.0",
            "sluice_bytes_total{direction=\"down\"} 200.0",
            "sluice_paused_seconds_total{direction=\"up\"} 1.5",
            "sluice_paused_seconds_total{direction=\"down\"} 2.5",
            "sluice_buffered_bytes 11.0",
            "sluice_memory_budget_bytes 12.0",
            "sluice_blocked_threads 13.0");
  }

  @Test
  void liveFiguresAreShownOnlyOnce() {
    metrics.show(new FakeFigures());
    assertThatThrownBy(() -> metrics.show(new FakeFigures()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyFamilyHasItsHelpAndItsType() throws IOException {
    metrics.show(new FakeFigures());
    List<String> text = text();
    assertThat(text)
        .contains(
            "# TYPE sluice_tunnels_open gauge",
            "# TYPE sluice_handshakes_total counter",
            "# TYPE sluice_ends_total counter",
            "# TYPE sluice_bytes_total counter",
            "# TYPE sluice_paused_seconds_total counter",
            "# TYPE sluice_buffered_bytes gauge",
            "# TYPE sluice_memory_budget_bytes gauge",
            "# TYPE sluice_blocked_threads gauge",
            "# TYPE sluice_dial_seconds histogram",
            "# TYPE sluice_probes_total counter",
            "# TYPE sluice_handshake_seconds histogram",
            "# TYPE sluice_memory_used_bytes gauge",
            "# TYPE sluice_loop_lag_seconds gauge",
            "# TYPE sluice_limit_in_use gauge",
            "# TYPE sluice_limit_allowed gauge",
            "# TYPE sluice_limited_total counter",
            "# TYPE sluice_build_info gauge",
            "sluice_lane{lane=\"fast\"} 1.0",
            "sluice_build_info{version=\"1.2.3\"} 1");
    assertThat(text.stream().filter(line -> line.startsWith("# HELP sluice_"))).hasSize(18);
  }

  @Test
  void twoInstancesDoNotShareAnything() throws IOException {
    Metrics other =
        new Metrics(
            "1",
            new Metrics.KnownOutcomes(
                List.of("accepted"), List.of(), List.of(), List.of(), List.of()));
    other.handshake("accepted");
    assertThat(text()).contains("sluice_handshakes_total{outcome=\"accepted\"} 0.0");
  }

  @Test
  void limitsAreShownWithWhatIsInUseAndWhatIsAllowedWhereAnythingIs() throws IOException {
    metrics.show(new FakeFigures());
    metrics.limited("per-user");
    assertThat(text())
        .contains(
            "sluice_limit_in_use{limit=\"per-user\"} 3.0",
            "sluice_limit_in_use{limit=\"tunnels\"} 4.0",
            "sluice_limit_allowed{limit=\"per-user\"} 50.0",
            "sluice_limited_total{limit=\"per-user\"} 1.0",
            "sluice_loop_lag_seconds 0.002",
            "sluice_memory_used_bytes 77.0")
        .noneMatch(line -> line.startsWith("sluice_limit_allowed{limit=\"tunnels\"}"));
  }

  @Test
  void aDecisionIsObservedInSeconds() throws IOException {
    metrics.decided(3_000_000);
    assertThat(text())
        .contains("sluice_handshake_seconds_count 1", "sluice_handshake_seconds_sum 0.003");
  }

  private List<String> text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    metrics.write(out);
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static final class FakeFigures implements LiveFigures {
    @Override
    public String lane() {
      return "fast";
    }

    private long open = 7;

    @Override
    public long memoryUsedBytes() {
      return 77;
    }

    @Override
    public long loopLagNanos() {
      return 2_000_000;
    }

    @Override
    public List<LimitUse> limits() {
      return List.of(
          new LimitUse("per-user", 3, 50), new LimitUse("tunnels", 4, Integer.MAX_VALUE));
    }

    @Override
    public long tunnelsOpen() {
      return open;
    }

    @Override
    public long bytesUp() {
      return 100;
    }

    @Override
    public long bytesDown() {
      return 200;
    }

    @Override
    public long pausedNanosUp() {
      return TimeUnit.MILLISECONDS.toNanos(1_500);
    }

    @Override
    public long pausedNanosDown() {
      return TimeUnit.MILLISECONDS.toNanos(2_500);
    }

    @Override
    public long bufferedBytes() {
      return 11;
    }

    @Override
    public long memoryBudgetBytes() {
      return 12;
    }

    @Override
    public long blockedThreads() {
      return 13;
    }
  }
}
