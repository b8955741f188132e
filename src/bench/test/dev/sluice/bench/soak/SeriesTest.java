package dev.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Series HEAP = new Series("heap", "KiB", Sample::heapKib, 0.1, 10);

  private static List<Sample> samples(IntToDoubleFunction heap) {
    return IntStream.range(0, 30)
        .mapToObj(i -> new Sample(i, heap.applyAsDouble(i), 0, 0, 0, 0))
        .toList();
  }

  @Test
  void whatRisesOnlyAtTheBeginningIsFlat() {
    assertThat(HEAP.isFlat(samples(i -> Math.min(1000, i * 200)))).isTrue();
  }

  @Test
  void whatRisesAllTheTimeIsNot() {
    assertThat(HEAP.isFlat(samples(i -> 1000 + i * 20))).isFalse();
  }

  @Test
  void onePeakIsNoGrowth() {
    assertThat(HEAP.isFlat(samples(i -> i == 25 ? 9000 : 1000))).isTrue();
  }

  @Test
  void aChartHasAPointForEachSample() {
    String svg = HEAP.svg(samples(i -> i));
    String points = svg.replaceAll("(?s).*points=\"([^\"]*)\".*", "$1");
    assertThat(points.split(" ")).hasSize(30).startsWith("70.0,212.0").endsWith("750.0,34.0");
  }
}
