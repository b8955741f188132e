package dev.sluice.bench.load;

import java.util.Arrays;

/** Counts durations in nanoseconds, each to within 1.6 %. */
public final class Histogram {

  private static final int SUB_BITS = 6;
  private static final int SUB = 1 << SUB_BITS;

  private final long[] buckets = new long[SUB * SUB];
  private long count;

  /** Counts one. */
  public void add(long nanos) {
    buckets[index(Math.max(0, nanos))]++;
    count++;
  }

  /** How many were counted. */
  public long count() {
    return count;
  }

  /** Forgets all. */
  public void clear() {
    Arrays.fill(buckets, 0);
    count = 0;
  }

  /**
   * The smallest duration that at least the share {@code q} of all do not exceed, in microseconds;
   * zero when there is none.
   */
  public double micros(double q) {
    long wanted = Math.max(1, (long) Math.ceil(q * count));
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= wanted) {
        return value(i) / 1e3;
      }
    }
    return 0;
  }

  private static int index(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(nanos);
    int step = (int) (nanos >>> (exponent - SUB_BITS)) & (SUB - 1);
    return (exponent - SUB_BITS + 1) * SUB + step;
  }

  private static long value(int index) {
    if (index < SUB) {
      return index;
    }
    int exponent = index / SUB + SUB_BITS - 1;
    return 1L << exponent | (long) (index % SUB) << (exponent - SUB_BITS);
  }
}
