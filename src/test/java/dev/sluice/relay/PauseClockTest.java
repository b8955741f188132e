package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PauseClockTest {

  private final PauseClock clock = new PauseClock();

  @Test
  void whatNeverStoppedHasStoodForNoTime() {
    assertThat(clock.isStopped()).isFalse();
    assertThat(clock.nanos()).isZero();
    assertThat(clock.end()).isZero();
  }

  @Test
  void allStopsAddUpToWhatTheirEndsSaid() {
    long sum = 0;
    for (int i = 0; i < 3; i++) {
      clock.begin();
      assertThat(clock.isStopped()).isTrue();
      long stop = clock.end();
      assertThat(stop).isPositive();
      sum += stop;
      assertThat(clock.isStopped()).isFalse();
      assertThat(clock.nanos()).isEqualTo(sum);
    }
    assertThat(clock.end()).isZero();
    assertThat(clock.nanos()).isEqualTo(sum);
  }

  @Test
  void theStopUnderWayCountsFromItsFirstBegin() {
    clock.begin();
    long before = clock.end();
    long earliest = System.nanoTime();
    clock.begin();
    long begun = System.nanoTime();
    while (System.nanoTime() == begun) {
      Thread.onSpinWait();
    }
    clock.begin();
    long asked = System.nanoTime();
    long nanos = clock.nanos();
    assertThat(nanos).isBetween(before + asked - begun, before + System.nanoTime() - earliest);
    assertThat(clock.end()).isBetween(nanos - before, System.nanoTime() - earliest);
  }
}
