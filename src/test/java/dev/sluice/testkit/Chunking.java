package dev.sluice.testkit;

import java.util.Random;

/** How a stream is cut into frames. Repeatable by its seed; one thread only. */
public final class Chunking {

  private final Random random;
  private final int least;
  private final int most;
  private final double fragmented;

  private Chunking(long seed, int least, int most, double fragmented) {
    this.random = new Random(seed);
    this.least = least;
    this.most = most;
    this.fragmented = fragmented;
  }

  /** Whole messages of {@code size} bytes. */
  public static Chunking whole(int size) {
    return new Chunking(0, size, size, 0);
  }

  /**
   * Frames of 1 to {@code most} bytes, small ones more often, a third of them continued by the next
   * one in the same message.
   */
  public static Chunking random(long seed, int most) {
    return new Chunking(seed, 1, most, 0.33);
  }

  int next() {
    if (least == most) {
      return most;
    }
    int ceiling = most >> random.nextInt(8);
    return least + random.nextInt(Math.max(1, ceiling));
  }

  boolean fragment() {
    return random.nextDouble() < fragmented;
  }
}
