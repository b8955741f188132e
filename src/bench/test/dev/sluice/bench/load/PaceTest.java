package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void roomGrowsWithTimeAndShrinksByWhatMoves() {
    Pace pace = new Pace(1_000_000);
    assertThat(pace.room(MILLISECOND)).isZero();
    assertThat(pace.room(11 * MILLISECOND)).isEqualTo(10_000);
    pace.moved(4_000);
    assertThat(pace.room(12 * MILLISECOND)).isEqualTo(7_000);
  }

  @Test
  void noMoreThanATenthOfASecondIsSavedUp() {
    Pace pace = new Pace(1_000_000);
    pace.room(MILLISECOND);
    assertThat(pace.room(5_000 * MILLISECOND)).isEqualTo(100_000);
  }

  @Test
  void whatWasTooMuchIsMadeUpFor() {
    Pace pace = new Pace(1_000_000);
    pace.room(MILLISECOND);
    pace.moved(5_000);
    assertThat(pace.room(2 * MILLISECOND)).isZero();
    assertThat(pace.room(7 * MILLISECOND)).isEqualTo(1_000);
  }
}
