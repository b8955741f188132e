package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void quantilesOfOneToTenThousandMicrosecondsAreThemselves() {
    Histogram histogram = new Histogram();
    for (int micros = 1; micros <= 10_000; micros++) {
      histogram.add(micros * 1000L);
    }
    Percentage close = Percentage.withPercentage(1.6);
    assertThat(histogram.count()).isEqualTo(10_000);
    assertThat(histogram.micros(0.5)).isCloseTo(5_000, close);
    assertThat(histogram.micros(0.99)).isCloseTo(9_900, close);
    assertThat(histogram.micros(1)).isCloseTo(10_000, close);
  }

  @Test
  void oneSlowOfAHundredIsNotInTheMedian() {
    Histogram histogram = new Histogram();
    for (int i = 0; i < 99; i++) {
      histogram.add(20);
    }
    histogram.add(1_000_000_000);
    assertThat(histogram.micros(0.99)).isEqualTo(0.02);
    assertThat(histogram.micros(1)).isGreaterThan(900_000);
    histogram.clear();
    assertThat(histogram.micros(0.5)).isZero();
  }
}
