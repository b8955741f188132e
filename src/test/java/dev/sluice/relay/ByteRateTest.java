package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** On a clock of its own: nothing here waits. */
class ByteRateTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long CREDIT = SECOND / 10;

  @Property(tries = 200)
  void whoeverWaitsAsToldMovesAtTheRateOverAnyTime(
      @ForAll @LongRange(min = 1, max = 1L << 33) long rate,
      @ForAll @IntRange(min = 1, max = 500) int steps,
      @ForAll @LongRange(min = Long.MIN_VALUE, max = Long.MAX_VALUE) long start) {
    ByteRate bytes = new ByteRate(rate, start);
    long now = start;
    long moved = 0;
    for (int i = 0; i < steps; i++) {
      moved += bytes.quantum();
      now += Math.max(0, bytes.pay(bytes.quantum(), now));
    }
    double seconds = (double) (now - start) / SECOND;
    // one nanosecond is lost to rounding a step at most
    double most = rate * (seconds + 0.1) + rate * 1e-9 * steps + bytes.quantum();
    assertThat((double) moved).isLessThanOrEqualTo(most);
    assertThat((double) moved).isGreaterThanOrEqualTo(rate * seconds * (1 - 1e-6));
  }

  @Property(tries = 100)
  void manyWhoShareARateTakeTurns(@ForAll @IntRange(min = 2, max = 50) int payers) {
    ByteRate bytes = new ByteRate(1_000_000, 0);
    long[] next = new long[payers];
    long[] moved = new long[payers];
    long end = 60 * SECOND;
    for (long now = 0; now < end; now = Arrays.stream(next).min().orElseThrow()) {
      for (int i = 0; i < payers; i++) {
        if (next[i] <= now) {
          moved[i] += bytes.quantum();
          next[i] = now + Math.max(1, bytes.pay(bytes.quantum(), now));
        }
      }
    }
    long most = Arrays.stream(moved).max().orElseThrow();
    long least = Arrays.stream(moved).min().orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(4L * bytes.quantum());
    assertThat(Arrays.stream(moved).sum())
        .isBetween(59_900_000L, 60_200_000L + (long) payers * bytes.quantum());
  }

  @Property(tries = 100)
  void whatWasNotUsedIsKeptForATenthOfASecondOnly(
      @ForAll @LongRange(min = 0, max = 1_000_000) long quietMillis) {
    ByteRate bytes = new ByteRate(1_000_000, 0);
    long now = TimeUnit.MILLISECONDS.toNanos(quietMillis);
    assertThat(bytes.pay(100_000, now)).isLessThanOrEqualTo(0);
    assertThat(bytes.pay(100_000, now)).isEqualTo(CREDIT);
  }

  @Property(tries = 1)
  void aRateOfNothingIsNoRate() {
    assertThatThrownBy(() -> new ByteRate(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
