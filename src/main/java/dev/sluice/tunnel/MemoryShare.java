package dev.sluice.tunnel;

/**
 * How much memory all tunnels' buffers may take together: a part of the heap, or a fixed size.
 * Exactly one of the two is more than zero.
 *
 * @param percent of the heap's maximum, 1 to 90
 * @param size in bytes
 */
public record MemoryShare(int percent, long size) {

  /** Percent of the heap that buffers may take at most: the rest of the node needs some too. */
  public static final int MOST_PERCENT = 90;

  public MemoryShare {
    boolean share = percent >= 1 && percent <= MOST_PERCENT && size == 0;
    boolean fixed = percent == 0 && size > 0;
    if (!share && !fixed) {
      throw new IllegalArgumentException("percent " + percent + ", size " + size);
    }
  }

  /** A part of the heap. */
  public static MemoryShare ofPercent(int percent) {
    return new MemoryShare(percent, 0);
  }

  /** A fixed size in bytes. */
  public static MemoryShare ofBytes(long bytes) {
    return new MemoryShare(0, bytes);
  }

  /**
   * The budget in bytes.
   *
   * @param maxHeap the heap's maximum in bytes, as {@link Runtime#maxMemory()} says it
   */
  public long bytes(long maxHeap) {
    return percent == 0 ? size : maxHeap / 100 * percent;
  }
}
