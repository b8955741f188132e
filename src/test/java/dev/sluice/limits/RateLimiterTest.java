package dev.sluice.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private final ManualClock clock = new ManualClock();
  private LimitSettings settings = perMinute(6);
  private final RateLimiter limiter =
      new RateLimiter(Limit.HANDSHAKES_PER_MINUTE, () -> settings, clock);
  private final TargetLimiter targets = new TargetLimiter(() -> settings, clock);

  private static LimitSettings perMinute(int number) {
    return new LimitSettings(0, 0, 0, 0, 0, number, 0, number, 0);
  }

  private void useUp(String caller) {
    for (int i = 0; i < settings.handshakesPerMinute(); i++) {
      assertThat(limiter.pass(caller)).isEmpty();
    }
  }

  @Test
  void aMinutesWorthPassesAtOnceAndTheNextIsToldHowLongToWait() {
    useUp("alice");
    Exhausted exhausted = limiter.pass("alice").orElseThrow();
    assertThat(exhausted.limit()).isEqualTo(Limit.HANDSHAKES_PER_MINUTE);
    assertThat(exhausted.retryAfterSeconds()).isEqualTo(10);
    clock.move(Duration.ofSeconds(10));
    assertThat(limiter.pass("alice")).isEmpty();
    assertThat(limiter.pass("alice")).isPresent();
  }

  @Test
  void callersDoNotCountForEachOther() {
    useUp("alice");
    assertThat(limiter.pass("alice")).isPresent();
    assertThat(limiter.pass("bob")).isEmpty();
  }

  @Test
  void aLookCountsForNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(limiter.look("alice")).isEmpty();
    }
    useUp("alice");
    assertThat(limiter.look("alice")).isPresent();
  }

  @Test
  void zeroIsNoLimitAndAChangeHoldsAtOnce() {
    useUp("alice");
    settings = perMinute(0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.pass("alice")).isEmpty();
    }
    settings = perMinute(2);
    useUp("alice");
    assertThat(limiter.pass("alice").map(Exhausted::retryAfterSeconds)).contains(30L);
  }

  @Test
  void aWaitIsSaidInWholeSecondsThatAreLongEnough() {
    assertThat(new Exhausted(Limit.TUNNELS, Duration.ZERO).retryAfterSeconds()).isEqualTo(1);
    assertThat(new Exhausted(Limit.TUNNELS, Duration.ofNanos(1)).retryAfterSeconds()).isEqualTo(1);
    assertThat(new Exhausted(Limit.TUNNELS, Duration.ofMillis(2_001)).retryAfterSeconds())
        .isEqualTo(3);
    assertThat(new Exhausted(Limit.TUNNELS, Duration.ofSeconds(2)).retryAfterSeconds())
        .isEqualTo(2);
  }

  @Test
  void whoeverComesFromManyAddressesFillsNoMemory() {
    Callers<Object> callers = new Callers<>(limit -> new Object());
    Object first = callers.of("first", 1, 0);
    for (int i = 0; i < 3 * Callers.MOST; i++) {
      callers.of("10.0.0.0/" + i, 1, 0);
    }
    assertThat(callers.size()).isEqualTo(Callers.MOST);
    assertThat(callers.of("first", 1, 0)).isNotSameAs(first);
  }

  @Test
  void whoWasQuietForAMinuteIsForgottenAndWhoWasNotIsNot() {
    Callers<Object> callers = new Callers<>(limit -> new Object());
    Object busy = callers.of("busy", 1, 0);
    callers.of("quiet", 1, 0);
    assertThat(callers.of("busy", 1, Duration.ofSeconds(40).toNanos())).isSameAs(busy);
    assertThat(callers.of("busy", 1, Duration.ofSeconds(80).toNanos())).isSameAs(busy);
    assertThat(callers.size()).isEqualTo(1);
  }

  @Test
  void differentTargetsCountAndTheSameAgainDoesNot() {
    for (int round = 0; round < 50; round++) {
      for (int port = 1; port <= 6; port++) {
        assertThat(targets.pass("alice", "db:" + port)).isEmpty();
      }
    }
    Optional<Exhausted> seventh = targets.pass("alice", "db:7");
    assertThat(seventh.map(Exhausted::limit)).contains(Limit.TARGETS_PER_MINUTE);
    assertThat(targets.pass("alice", "db:3")).isEmpty();
    assertThat(targets.pass("bob", "db:7")).isEmpty();
  }

  @Test
  void aSlowScanGetsNoFurtherThanTheRate() {
    int passed = 0;
    for (int second = 0; second < 600; second++) {
      passed += targets.pass("alice", "db:" + second).isEmpty() ? 1 : 0;
      clock.move(Duration.ofSeconds(1));
    }
    // ten minutes' worth and what was there at first
    assertThat(passed).isBetween(60, 66);
  }
}
