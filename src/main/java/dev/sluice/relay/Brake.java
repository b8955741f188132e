package dev.sluice.relay;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Holds one direction of one relay back: while it is paused, and after each step until its rates
 * have room again. Nothing is dropped for it: what is held waits in the queue of its direction,
 * whose source is stopped as for a slow receiver. Without rates it costs two reads of a field.
 */
final class Brake {

  /** The reasons to hold are a set: each is given up by whoever had it. */
  private static final int PAUSED = 1;

  private static final int WAITING = 2;

  private final AtomicInteger reasons = new AtomicInteger();
  private volatile List<ByteRate> rates = List.of();
  private @Nullable Alarm alarm;
  private @Nullable IoLoop loop;
  private @Nullable Runnable released;

  /**
   * Binds it, before anything flows.
   *
   * @param whenReleased called on the loop's thread, whenever nothing holds the direction any more
   */
  void bind(IoLoop boundLoop, Runnable whenReleased) {
    loop = boundLoop;
    alarm = new Alarm(boundLoop);
    released = whenReleased;
  }

  /** Whether nothing may move. Any thread. */
  boolean isHeld() {
    return reasons.get() != 0;
  }

  /** Whether nothing may move until {@link #pause} says so. Any thread. */
  boolean isPaused() {
    return (reasons.get() & PAUSED) != 0;
  }

  /** The most bytes to move at once. Any thread. */
  int quantum() {
    List<ByteRate> all = rates;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < all.size(); i++) {
      least = Math.min(least, all.get(i).quantum());
    }
    return least;
  }

  /** Bytes have moved: holds until they are paid for. The one thread that moves them. */
  void moved(long bytes) {
    List<ByteRate> all = rates;
    long wait = 0;
    for (int i = 0; i < all.size(); i++) {
      wait = Math.max(wait, all.get(i).pay(bytes));
    }
    IoLoop bound = loop;
    if (wait > 0 && bound != null) {
      add(WAITING);
      long nanos = wait;
      bound.execute(() -> await(nanos));
    }
  }

  private void await(long nanos) {
    if ((reasons.get() & WAITING) != 0 && alarm != null) {
      alarm.set(nanos, () -> remove(WAITING));
    }
  }

  /** Stops the direction, or lets it go on. The loop's thread. */
  void pause(boolean on) {
    if (on) {
      add(PAUSED);
    } else {
      remove(PAUSED);
    }
  }

  /** From now on these rates hold; a wait for those before is over. The loop's thread. */
  void setRates(List<ByteRate> changed) {
    rates = List.copyOf(changed);
    end();
  }

  /** Waits no longer. The loop's thread. */
  void end() {
    if (alarm != null) {
      alarm.cancel();
    }
    remove(WAITING);
  }

  private void add(int reason) {
    reasons.getAndUpdate(held -> held | reason);
  }

  private void remove(int reason) {
    int before = reasons.getAndUpdate(held -> held & ~reason);
    if (before == reason && released != null) {
      released.run();
    }
  }
}
