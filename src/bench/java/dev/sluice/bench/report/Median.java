package dev.sluice.bench.report;

import java.util.Collection;
import java.util.OptionalDouble;

/** The middle of some numbers. */
final class Median {

  private Median() {}

  /** The one in the middle, or the mean of the two there; empty of none. */
  static OptionalDouble of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }
}
