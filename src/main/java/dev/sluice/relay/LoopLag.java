package dev.sluice.relay;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long a task waits for one loop's turn. Each question sends a task of its own and is answered
 * by the one before it: nothing runs between questions, and nobody waits for a loop that is stuck.
 * Any thread.
 */
final class LoopLag {

  private final IoLoop loop;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile long askedAt;
  private volatile long last;

  LoopLag(IoLoop loop) {
    this.loop = loop;
  }

  /** Nanoseconds that the last task has waited, or is waiting still; zero to the first question. */
  long nanos() {
    if (underWay.compareAndSet(false, true)) {
      long before = last; // the loop may take this task at once
      askedAt = System.nanoTime();
      loop.execute(this::turn);
      return before;
    }
    return Math.max(last, System.nanoTime() - askedAt);
  }

  private void turn() {
    last = System.nanoTime() - askedAt;
    underWay.set(false);
  }
}
