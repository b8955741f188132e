package dev.sluice.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** When the next slice of a direction may leave. One thread. */
final class Pace {

  private final Carriage how;
  private long free = System.nanoTime();

  /** The pace of a direction that begins now. */
  Pace(Carriage how) {
    this.how = how;
  }

  /**
   * Waits.
   *
   * @param before bytes that have left
   * @param bytes of the slice
   */
  void await(long before, int bytes) {
    long nanos = TimeUnit.MICROSECONDS.toNanos(how.delayMicros());
    if (how.lossEvery() > 0 && before / how.lossEvery() != (before + bytes) / how.lossEvery()) {
      nanos += TimeUnit.MILLISECONDS.toNanos(how.lossMillis());
    }
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    if (how.perSecond() > 0) {
      long now = System.nanoTime();
      free = Math.max(free, now) + bytes * TimeUnit.SECONDS.toNanos(1) / how.perSecond();
      LockSupport.parkNanos(free - now);
    }
  }
}
