package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.relay.Watchdog.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits by a clock that the test reads out: nothing here waits. */
class WatchdogTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration NEVER = Duration.ZERO;

  private final ChunkPool pool = new ChunkPool(new MemoryBudget(1L << 30));
  private final FakePort port = new FakePort();
  private Downstream down;
  private Upstream up;
  private Watchdog watchdog;

  /** Nothing was made before this, and nothing after {@link #after}. */
  private long before;

  private long after;

  private void watch(Duration idle, Duration session, Duration stall, Duration ping) {
    RelaySettings settings =
        Settings.of(
            RelayFixture.SETTINGS,
            s -> {
              s.idleTimeout = idle;
              s.sessionLimit = session;
              s.stallTimeout = stall;
              s.ping = ping;
            });
    before = System.nanoTime();
    down = new Downstream(pool, settings);
    up = new Upstream(pool, settings);
    down.bind(port, new QuietOwner());
    up.bind(port, new QuietOwner());
    watchdog = new Watchdog(down, up, settings);
    after = System.nanoTime();
  }

  private Verdict check(long now) {
    return watchdog.check(now, true);
  }

  private void somethingWaitsForTheClient() throws IOException {
    down.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
  }

  private void somethingWaitsForTheTarget(int bytes) {
    up.write(ByteBuffer.allocate(bytes));
  }

  @Test
  void withoutLimitsThereIsNothingToLookFor() {
    watch(NEVER, NEVER, NEVER, NEVER);
    Verdict verdict = check(after + 1_000_000 * SECOND);
    assertThat(verdict).isEqualTo(new Verdict(null, false, Long.MAX_VALUE));
  }

  @Test
  void theIdleLimitIsJudgedFromTheLastMoveOfEitherDirection() {
    watch(Duration.ofSeconds(10), NEVER, NEVER, NEVER);
    up.released(); // a move, as far as time goes
    assertThat(check(up.lastMove() + 9 * SECOND)).isEqualTo(new Verdict(null, false, SECOND));
    down.released();
    assertThat(check(down.lastMove() + 10 * SECOND - 1)).isEqualTo(new Verdict(null, false, 1));
    assertThat(check(down.lastMove() + 10 * SECOND))
        .isEqualTo(new Verdict(EndCause.IDLE_TIMEOUT, false, 0));
  }

  @Test
  void theSessionLimitIsJudgedFromTheBeginningAndComesFirst() throws IOException {
    Duration limit = Duration.ofSeconds(10);
    watch(limit, limit, limit, NEVER);
    somethingWaitsForTheClient();
    Verdict justNot = check(before + 10 * SECOND - 1);
    assertThat(justNot.end()).isNull();
    assertThat(justNot.nextNanos()).isBetween(1L, 1 + after - before);
    assertThat(check(System.nanoTime() + 10 * SECOND))
        .isEqualTo(new Verdict(EndCause.SESSION_LIMIT, false, 0));
  }

  @Test
  void aStallIsJudgedFromTheLastMoveOfWhatWaitsAndComesBeforeIdleness() throws IOException {
    watch(Duration.ofSeconds(10), NEVER, Duration.ofSeconds(10), NEVER);
    somethingWaitsForTheClient();
    long limit = down.lastMove() + 10 * SECOND;
    assertThat(check(limit - 1)).isEqualTo(new Verdict(null, false, 1));
    assertThat(check(limit)).isEqualTo(new Verdict(EndCause.STALLED, false, 0));
  }

  @Test
  void whereNothingWaitsNothingStalls() {
    watch(NEVER, NEVER, Duration.ofSeconds(10), NEVER);
    assertThat(check(after + 1_000 * SECOND)).isEqualTo(new Verdict(null, false, 10 * SECOND));
  }

  @Test
  void whatWaitsForTheTargetStallsToo() {
    watch(NEVER, NEVER, Duration.ofSeconds(10), NEVER);
    somethingWaitsForTheTarget(10);
    long limit = up.lastMove() + 10 * SECOND;
    assertThat(check(limit - 1)).isEqualTo(new Verdict(null, false, 1));
    assertThat(check(limit)).isEqualTo(new Verdict(EndCause.STALLED, false, 0));
  }

  @Test
  void whatABrakeHoldsNeitherStallsNorIdles() {
    watch(Duration.ofSeconds(10), NEVER, Duration.ofSeconds(10), NEVER);
    somethingWaitsForTheTarget(10);
    up.brake().pause(true);
    assertThat(check(after + 1_000 * SECOND)).isEqualTo(new Verdict(null, false, 10 * SECOND));
    up.brake().pause(false);
    assertThat(check(System.nanoTime() + 10 * SECOND).end()).isEqualTo(EndCause.STALLED);
  }

  @Test
  void whatABrakeHoldsForTheClientStallsOnlyWhatTheContainerHasAlready() throws IOException {
    watch(Duration.ofSeconds(10), NEVER, Duration.ofSeconds(10), NEVER);
    down.brake().pause(true);
    somethingWaitsForTheClient();
    assertThat(down.buffered()).isEqualTo(10);
    assertThat(check(after + 1_000 * SECOND)).isEqualTo(new Verdict(null, false, 10 * SECOND));
    down.brake().pause(false);
    down.released();
    assertThat(down.isSending()).isTrue();
    down.brake().pause(true);
    assertThat(check(System.nanoTime() + 10 * SECOND).end()).isEqualTo(EndCause.STALLED);
  }

  @Test
  void aPingIsDueOnceAnInterval() {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    Verdict justNot = check(before + 10 * SECOND - 1);
    assertThat(justNot.ping()).isFalse();
    assertThat(justNot.nextNanos()).isBetween(1L, 1 + after - before);
    long due = after + 10 * SECOND;
    assertThat(check(due)).isEqualTo(new Verdict(null, true, 10 * SECOND));
    assertThat(check(due + SECOND)).isEqualTo(new Verdict(null, false, 9 * SECOND));
    assertThat(check(due + 10 * SECOND)).isEqualTo(new Verdict(null, true, 10 * SECOND));
  }

  @Test
  void threeIntervalsOfSilenceAreBorneAndNoMore() {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    assertThat(check(before + 30 * SECOND).end()).isNull();
    assertThat(check(after + 30 * SECOND + 1))
        .isEqualTo(new Verdict(EndCause.CLIENT_LOST, false, 0));
  }

  @Test
  void anySignOfLifeCountsFromThen() {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    long earliest = System.nanoTime();
    watchdog.heard();
    assertThat(check(earliest + 30 * SECOND).end()).isNull();
    assertThat(check(System.nanoTime() + 30 * SECOND + 1).end()).isEqualTo(EndCause.CLIENT_LOST);
  }

  @Test
  void aClientThatIsGoneIsNeitherPingedNorMissed() {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    long late = after + 100 * SECOND;
    assertThat(watchdog.check(late, false)).isEqualTo(new Verdict(null, false, 10 * SECOND));
    assertThat(check(late + 30 * SECOND).end()).isNull();
    assertThat(check(late + 30 * SECOND + 1).end()).isEqualTo(EndCause.CLIENT_LOST);
  }

  @Test
  void aClientThatIsStoppedIsPingedButNotMissed() {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    somethingWaitsForTheTarget(RelaySettings.HIGH_WATER_MARK + 1);
    assertThat(up.isStopped()).isTrue();
    assertThat(check(after + 100 * SECOND)).isEqualTo(new Verdict(null, true, 10 * SECOND));
  }

  @Test
  void aClientThatDoesNotReadWhatWaitsForItIsNeitherPingedNorMissed() throws IOException {
    watch(NEVER, NEVER, NEVER, Duration.ofSeconds(10));
    somethingWaitsForTheClient();
    assertThat(check(after + 100 * SECOND)).isEqualTo(new Verdict(null, false, 10 * SECOND));
  }

  @Test
  void theNextLookIsWhenTheFirstLimitIsDue() {
    long late = 5 * SECOND;
    watch(Duration.ofSeconds(11), Duration.ofSeconds(20), Duration.ofSeconds(30), NEVER);
    assertThat(check(after + late).nextNanos())
        .isBetween(6 * SECOND - (after - before), 6 * SECOND);
    watch(Duration.ofSeconds(20), Duration.ofSeconds(11), Duration.ofSeconds(30), NEVER);
    assertThat(check(after + late).nextNanos())
        .isBetween(6 * SECOND - (after - before), 6 * SECOND);
    watch(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(6), NEVER);
    assertThat(check(after + late).nextNanos()).isEqualTo(6 * SECOND);
    watch(
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        Duration.ofSeconds(11));
    assertThat(check(after + late).nextNanos())
        .isBetween(6 * SECOND - (after - before), 6 * SECOND);
  }

  private static final class QuietOwner implements Downstream.Owner, Upstream.Owner {
    @Override
    public void gateOpened(long nanos) {}

    @Override
    public void downDrained() {}

    @Override
    public void sendFailed() {}

    @Override
    public void wantsWrite() {}

    @Override
    public void wantsFlush() {}

    @Override
    public boolean flushesHere() {
      return false;
    }

    @Override
    public void clientGoesOn(long nanos) {}

    @Override
    public void upDrained() {}

    @Override
    public void writeFailed(IOException why) {}

    @Override
    public void overrun() {}
  }
}
