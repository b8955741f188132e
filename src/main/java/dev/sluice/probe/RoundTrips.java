package dev.sluice.probe;

import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;

/**
 * What the successful samples of a ping say together, all in nanoseconds.
 *
 * @param stddev of the population: the samples are all there is, not a draw from more
 */
public record RoundTrips(long min, double average, long max, double stddev) {

  /**
   * @param nanos at least one
   * @throws IllegalArgumentException when there is none
   */
  static RoundTrips of(long... nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("no sample");
    }
    LongSummaryStatistics all = LongStream.of(nanos).summaryStatistics();
    double average = all.getAverage();
    double variance =
        LongStream.of(nanos).mapToDouble(n -> (n - average) * (n - average)).average().orElse(0);
    return new RoundTrips(all.getMin(), average, all.getMax(), Math.sqrt(variance));
  }
}
