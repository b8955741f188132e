package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayLimitsTest extends RelayFixture {

  private static final Duration SHORT = Duration.ofMillis(150);

  private static RelaySettings limits(
      Duration idle, Duration session, Duration stall, Duration ping) {
    return Settings.of(
        SETTINGS,
        s -> {
          s.idleTimeout = idle;
          s.sessionLimit = session;
          s.stallTimeout = stall;
          s.ping = ping;
        });
  }

  @Test
  void nothingMovesForTheIdleLimit() throws Exception {
    open(limits(SHORT, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    assertEndedOnceBy(EndCause.IDLE_TIMEOUT);
  }

  @Test
  void aTunnelReachesItsMaximumAgeHoweverBusy() throws Exception {
    port.completeAtOnce = true;
    open(limits(Duration.ZERO, SHORT, Duration.ZERO, Duration.ZERO));
    while (ended.getCount() > 0) {
      if (!port.isStopped()) {
        fromClient(new byte[10]);
      }
    }
    assertEndedOnceBy(EndCause.SESSION_LIMIT);
  }

  @Test
  void aSendThatNeverCompletesIsAStall() throws Exception {
    open(limits(Duration.ZERO, Duration.ZERO, SHORT, Duration.ZERO));
    target.getOutputStream().write(1);
    assertEndedOnceBy(EndCause.STALLED);
    assertThat(port.messages).hasSize(1);
  }

  @Test
  void aTargetThatNeverReadsIsAStall() throws Exception {
    open(limits(Duration.ZERO, Duration.ZERO, SHORT, Duration.ZERO));
    fromClient(new byte[16_000_000]);
    assertEndedOnceBy(EndCause.STALLED);
  }

  @Tag("timed")
  @Test
  void aQuietTunnelIsNoStall() throws Exception {
    open(limits(Duration.ofSeconds(1), Duration.ZERO, SHORT, Duration.ZERO));
    assertEndedOnceBy(EndCause.IDLE_TIMEOUT);
  }

  @Test
  void aClientThatAnswersNoPingIsLost() throws Exception {
    open(limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50)));
    port.onPing = id -> {};
    assertEndedOnceBy(EndCause.CLIENT_LOST);
    assertThat(port.pings).isGreaterThanOrEqualTo(2);
  }

  @Test
  void whatTheContainerForgotIsFoundByThePing() throws Exception {
    port.open = false;
    open(limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, SHORT));
    assertEndedOnceBy(EndCause.CLIENT_LOST);
    assertThat(port.pings).isEqualTo(2);
  }

  @Tag("timed")
  @Test
  void aDrainTakesLongerThanAnyPingAndStillReachesTheTargetWhole() throws Exception {
    open(limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(50)));
    byte[] all = Bytes.pattern(0, 8_000_000);
    fromClient(all);
    port.open = false;
    relay.clientClosed();
    Thread.sleep(500); // ten pings' time in which the target reads nothing
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(all);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void aPingThatMustWaitForAMessageInFlightIsNotAskedForAgainAtOnce() throws Exception {
    RelaySettings settings =
        limits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));
    Downstream gate = new Downstream(pool, settings);
    gate.bind(port, new QuietOwner());
    Watchdog watchdog = new Watchdog(gate, new Upstream(pool, settings), settings);
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    long later = System.nanoTime() + Duration.ofSeconds(11).toNanos();
    Watchdog.Verdict verdict = watchdog.check(later, true);
    assertThat(verdict.ping()).isFalse();
    assertThat(verdict.nextNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
  }

  private static final class QuietOwner implements Downstream.Owner {
    @Override
    public void gateOpened(long nanos) {}

    @Override
    public void downDrained() {}

    @Override
    public void sendFailed() {}
  }

  @Test
  void aFullNodeLowersTheMarksButNeverUnderTheLeast() {
    MemoryBudget small = new MemoryBudget(64L << 20);
    assertThat(small.mark(RelaySettings.HIGH_WATER_MARK)).isEqualTo(1_048_576);
    small.take(56 << 20);
    assertThat(small.mark(RelaySettings.HIGH_WATER_MARK)).isEqualTo(512 << 10);
    small.take(8 << 20);
    assertThat(small.isSpent()).isTrue();
    assertThat(small.mark(RelaySettings.HIGH_WATER_MARK)).isEqualTo(RelaySettings.LEAST_MARK);
    small.give(1);
    assertThat(small.isSpent()).isFalse();
  }

  @Test
  void anIdleTunnelHoldsNoBuffer() throws Exception {
    port.completeAtOnce = true;
    open();
    fromClient(new byte[10]);
    target.getOutputStream().write(new byte[10]);
    assertThat(target.getInputStream().readNBytes(10)).hasSize(10);
    // what has left is counted a moment before its buffer is given back
    while (relay.stats().bytesDown() < 10 || budget.used() > 0) {
      Thread.onSpinWait();
    }
    assertThat(relay.stats().buffered()).isZero();
  }
}
