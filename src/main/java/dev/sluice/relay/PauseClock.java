package dev.sluice.relay;

import java.util.concurrent.atomic.AtomicLong;

/** Whether a direction is stopped, and for how long it has been in all. Any thread. */
final class PauseClock {

  private static final long RUNNING = Long.MIN_VALUE;

  private final AtomicLong since = new AtomicLong(RUNNING);
  private final AtomicLong total = new AtomicLong();

  /** Stops; nothing if stopped already. */
  void begin() {
    since.compareAndSet(RUNNING, System.nanoTime());
  }

  /**
   * Runs again.
   *
   * @return how long the stop was that this call has ended, in nanoseconds and at least 1; 0 if
   *     there was none
   */
  long end() {
    long began = since.getAndSet(RUNNING);
    if (began == RUNNING) {
      return 0;
    }
    long nanos = Math.max(1, System.nanoTime() - began);
    total.addAndGet(nanos);
    return nanos;
  }

  boolean isStopped() {
    return since.get() != RUNNING;
  }

  /** Nanoseconds stopped, the present stop included. */
  long nanos() {
    long began = since.get();
    return total.get() + (began == RUNNING ? 0 : System.nanoTime() - began);
  }
}
