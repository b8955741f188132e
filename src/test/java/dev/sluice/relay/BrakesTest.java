package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.testkit.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rates are judged by how long the bytes took at least: a slow machine only makes it longer. */
@Timeout(120)
class BrakesTest extends RelayFixture {

  /** What may come before the clock of a throttle matters: its credit, and the first step. */
  private static final double AHEAD_SECONDS = 0.15;

  private static RelaySettings settings(Duration idle, Duration stall, long rate, long limit) {
    return Settings.of(
        SETTINGS,
        s -> {
          s.idleTimeout = idle;
          s.stallTimeout = stall;
          s.bytesPerSecond = rate;
          s.byteLimit = limit;
        });
  }

  private void pause(boolean on) throws InterruptedException {
    relay.brakes().pause(on);
    settle();
  }

  private void assertTookAtLeast(double seconds, long since) {
    double took = (System.nanoTime() - since) / 1e9;
    assertThat(took).isGreaterThanOrEqualTo(seconds - AHEAD_SECONDS);
  }

  private void awaitDown(long bytes) {
    while (port.received().length < bytes) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aPausedRelayHandsNothingToTheTargetAndEverythingAfterwards() throws Exception {
    open();
    pause(true);
    byte[] all = Bytes.pattern(0, 50_000);
    fromClient(Arrays.copyOf(all, 20_000));
    fromClient(Arrays.copyOfRange(all, 20_000, 50_000));
    settle();
    assertThat(relay.stats().bufferedUp()).isEqualTo(50_000);
    assertThat(target.getInputStream().available()).isZero();
    pause(false);
    assertThat(target.getInputStream().readNBytes(50_000)).isEqualTo(all);
  }

  @Test
  void aPausedRelayHandsNothingToTheClientAndEverythingAfterwards() throws Exception {
    port.completeAtOnce = true;
    open();
    pause(true);
    byte[] all = Bytes.pattern(0, 100_000);
    target.getOutputStream().write(all);
    while (!relay.stats().pausedDown()) {
      Thread.onSpinWait();
    }
    settle();
    assertThat(port.received()).isEmpty();
    assertThat(relay.stats().bytesDown()).isZero();
    pause(false);
    awaitDown(all.length);
    assertThat(port.received()).isEqualTo(all);
  }

  @Test
  void whatWasQueuedWhenThePauseCameIsHeldTooButForTheMessageThatTheContainerHas()
      throws Exception {
    open();
    byte[] all = Bytes.pattern(0, 3_000);
    target.getOutputStream().write(all, 0, 1_000);
    awaitDown(1_000);
    target.getOutputStream().write(all, 1_000, 2_000);
    while (relay.stats().bytesDown() < 3_000) {
      Thread.onSpinWait();
    }
    pause(true);
    port.complete(true);
    settle();
    assertThat(port.received()).hasSize(1_000);
    pause(false);
    awaitDown(3_000);
    assertThat(port.received()).isEqualTo(all);
  }

  @Test
  void aPausedClientIsStoppedWellBeforeTheUsualMark() throws Exception {
    open();
    pause(true);
    fromClient(new byte[RelaySettings.LEAST_MARK + 1]);
    assertThat(port.levers).containsExactly("pause");
    pause(false);
    assertThat(target.getInputStream().readNBytes(RelaySettings.LEAST_MARK + 1)).hasSize(65_537);
    settle();
    assertThat(port.levers).containsExactly("pause", "resume");
  }

  @Tag("timed")
  @Test
  void aPauseIsNeitherAStallNorIdleTime() throws Exception {
    Duration brief = Duration.ofMillis(200);
    open(settings(brief, brief, 0, 0));
    pause(true);
    fromClient(new byte[10]);
    assertThat(ended.await(1, TimeUnit.SECONDS)).isFalse();
    pause(false);
    assertThat(target.getInputStream().readNBytes(10)).hasSize(10);
    assertEndedOnceBy(EndCause.IDLE_TIMEOUT);
  }

  @Test
  void aPausedRelayCanBeEnded() throws Exception {
    open();
    pause(true);
    fromClient(new byte[10]);
    relay.abort(EndCause.REVOKED, null);
    assertEndedOnceBy(EndCause.REVOKED);
  }

  @Test
  void whatTheClientSentBeforeItsCloseIsDrainedOnceThePauseIsOver() throws Exception {
    open();
    pause(true);
    byte[] all = Bytes.pattern(0, 10_000);
    fromClient(all);
    relay.clientClosed();
    settle();
    assertThat(ended.getCount()).isEqualTo(1);
    pause(false);
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(all);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Tag("timed")
  @Test
  void aThrottledClientFillsItsTargetNoFasterThanTheRate() throws Exception {
    open();
    relay.brakes().throttle(200_000);
    settle();
    long since = System.nanoTime();
    byte[] all = Bytes.pattern(0, 200_000);
    fromClient(all);
    assertThat(target.getInputStream().readNBytes(all.length)).isEqualTo(all);
    assertTookAtLeast(1, since);
  }

  @Tag("timed")
  @Test
  void aThrottledTargetFillsItsClientNoFasterThanTheRate() throws Exception {
    port.completeAtOnce = true;
    open();
    relay.brakes().throttle(200_000);
    settle();
    long since = System.nanoTime();
    byte[] all = Bytes.pattern(0, 200_000);
    target.getOutputStream().write(all);
    awaitDown(all.length);
    assertTookAtLeast(1, since);
    assertThat(port.received()).isEqualTo(all);
    // the gate was shut meanwhile: what had not passed was left with the target
    assertThat(relay.stats().pausedNanosDown()).isPositive();
  }

  @Tag("timed")
  @Test
  void aTargetsEndComesAfterItsLastByteAlsoWhenThrottled() throws Exception {
    port.completeAtOnce = true;
    open(settings(Duration.ZERO, Duration.ofMillis(100), 100_000, 0));
    byte[] all = Bytes.pattern(0, 60_000);
    target.getOutputStream().write(all);
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    assertThat(port.received()).isEqualTo(all);
    relay.clientClosed();
    target.close();
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void aThrottleThatIsLiftedIsLiftedAtOnce() throws Exception {
    open();
    relay.brakes().throttle(1);
    settle();
    fromClient(new byte[1_000_000]); // at this rate it would take eleven days
    relay.brakes().throttle(0);
    assertThat(target.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
    assertThat(relay.brakes().bytesPerSecond()).isZero();
  }

  @Tag("timed")
  @Test
  void theStricterOfTwoThrottlesCounts() throws Exception {
    open(settings(Duration.ZERO, Duration.ZERO, 100_000_000, 0));
    relay.brakes().throttle(50_000);
    settle();
    long since = System.nanoTime();
    fromClient(new byte[50_000]);
    assertThat(target.getInputStream().readNBytes(50_000)).hasSize(50_000);
    assertTookAtLeast(1, since);
  }

  @Tag("timed")
  @Test
  void theTwoDirectionsHaveTheWholeRateEach() throws Exception {
    port.completeAtOnce = true;
    open(settings(Duration.ZERO, Duration.ZERO, 400_000, 0));
    fromClient(new byte[200_000]);
    target.getOutputStream().write(new byte[200_000]);
    assertThat(target.getInputStream().readNBytes(200_000)).hasSize(200_000);
    awaitDown(200_000);
    assertThat(relay.stats().bytesUp()).isEqualTo(200_000);
  }

  @Test
  void moreBytesThanATunnelMayCarryEndIt() throws Exception {
    port.completeAtOnce = true;
    open(settings(Duration.ZERO, Duration.ZERO, 0, 1_000));
    fromClient(new byte[400]);
    target.getOutputStream().write(new byte[600]);
    awaitDown(600);
    settle(); // what has counted the last byte
    settle(); // what that may have handed in
    assertThat(ended.getCount()).isEqualTo(1);
    fromClient(new byte[1]);
    assertEndedOnceBy(EndCause.BYTE_LIMIT);
  }

  @Test
  void moreBytesThanATunnelMayCarryEndItThoughOnlyItsTargetSends() throws Exception {
    port.completeAtOnce = true;
    open(settings(Duration.ZERO, Duration.ZERO, 0, 1_000));
    target.getOutputStream().write(new byte[1_001]);
    assertEndedOnceBy(EndCause.BYTE_LIMIT);
  }

  /** At a byte a second nothing that matters passes while a test looks. */
  private void assertBothWaysAreHeld() throws Exception {
    settle();
    fromClient(new byte[1_000]);
    target.getOutputStream().write(new byte[1_000]);
    Await.until("the target is not read", () -> relay.stats().pausedDown());
    assertThat(relay.stats().bufferedUp()).isGreaterThan(900);
    assertThat(relay.stats().bytesDown()).isLessThan(100);
  }

  @Test
  void aRelayThatIsMadeWithARateIsHeldByItBothWays() throws Exception {
    open(settings(Duration.ZERO, Duration.ZERO, 1, 0));
    assertBothWaysAreHeld();
  }

  @Test
  void aRelayIsHeldBothWaysByEveryThrottleThatItStandsUnder() throws Exception {
    open();
    relay.brakes().standUnder(new Throttle(1));
    relay.brakes().standUnder(new Throttle(1_000_000));
    assertBothWaysAreHeld();
  }

  @Test
  void aRelayIsHeldBothWaysByAnOperatorsThrottleUntilItIsLifted() throws Exception {
    port.completeAtOnce = true;
    open();
    relay.brakes().standUnder(new Throttle(1_000_000_000));
    relay.brakes().throttle(1);
    assertBothWaysAreHeld();
    relay.brakes().throttle(0);
    assertThat(target.getInputStream().readNBytes(1_000)).hasSize(1_000);
    awaitDown(1_000);
  }

  @Test
  void whatWasSaidLastIsKnownAtOnceAndARateBelowNothingIsRefused() throws Exception {
    open();
    assertThat(relay.brakes().isPaused()).isFalse();
    relay.brakes().pause(true);
    relay.brakes().throttle(5_000);
    assertThat(relay.brakes().isPaused()).isTrue();
    assertThat(relay.brakes().bytesPerSecond()).isEqualTo(5_000);
    assertThatIllegalArgumentException().isThrownBy(() -> relay.brakes().throttle(-1));
    assertThat(relay.brakes().bytesPerSecond()).isEqualTo(5_000);
  }

  @Test
  void aThrottleHasOneRateEachWay() {
    Throttle throttle = new Throttle(40_000);
    assertThat(throttle.bytesPerSecond()).isEqualTo(40_000);
    assertThat(throttle.up().quantum()).isEqualTo(2_000);
    assertThat(throttle.down().quantum()).isEqualTo(2_000);
    assertThat(throttle.up()).isNotSameAs(throttle.down());
  }
}
