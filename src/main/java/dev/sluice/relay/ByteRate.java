package dev.sluice.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes a second for everybody who moves bytes by it. Who has moved some pays for them and
 * is told how long it has to wait: for its own bytes and for those that were paid for before them.
 * So those who share a rate take turns in the order in which they pay, and none of them starves.
 *
 * <p>The rate holds over time; at one moment each payer may be ahead by one {@link #quantum}, and
 * all together by what could have moved in the last {@link #CREDIT_NANOS}. Any thread.
 */
final class ByteRate {

  /** What was not used is kept for this long: it makes up for wake-ups that come late. */
  private static final long CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Steps a second that a large rate is cut into; a loop's timers are no finer than 1 ms. */
  private static final int STEPS = 20;

  private static final double NANOS_PER_SECOND = 1e9;

  private final long bytesPerSecond;
  private final AtomicLong paidUntil;

  /**
   * @param bytesPerSecond more than zero
   */
  ByteRate(long bytesPerSecond) {
    this(bytesPerSecond, System.nanoTime());
  }

  /**
   * @param now on the clock of {@link #pay(long, long)}
   */
  ByteRate(long bytesPerSecond, long now) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("bytes per second: " + bytesPerSecond);
    }
    this.bytesPerSecond = bytesPerSecond;
    this.paidUntil = new AtomicLong(now - CREDIT_NANOS);
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /** The most bytes to move at once, so that they move in many small steps. */
  int quantum() {
    return (int) Math.max(1, Math.min(ChunkPool.LARGE, bytesPerSecond / STEPS));
  }

  /**
   * Pays for bytes that have moved.
   *
   * @return nanoseconds until the payer may move more; zero or less: now
   */
  long pay(long bytes) {
    return pay(bytes, System.nanoTime());
  }

  long pay(long bytes, long now) {
    long cost = (long) (bytes * (NANOS_PER_SECOND / bytesPerSecond));
    while (true) {
      long before = paidUntil.get();
      long oldest = now - CREDIT_NANOS;
      long after = (before - oldest < 0 ? oldest : before) + cost;
      if (paidUntil.compareAndSet(before, after)) {
        return after - now;
      }
    }
  }
}
