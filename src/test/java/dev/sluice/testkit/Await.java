package dev.sluice.testkit;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waits for what must become true, with limits that only a defect reaches. */
public final class Await {

  /** Long enough for a machine with two cores and ten times as much to do. */
  public static final Duration GENEROUS = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 10;

  /** Something that becomes true; an exception counts as "not yet" until the time is over. */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /** Returns as soon as {@code condition} holds; fails the test after {@link #GENEROUS}. */
  public static void until(String what, Condition condition) {
    until(what, GENEROUS, condition);
  }

  /** Returns as soon as {@code condition} holds; fails the test after {@code limit}. */
  public static void until(String what, Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what, last);
      }
      pause();
    }
  }

  /**
   * Waits until {@code value} is above zero and has not changed for {@code quiet}.
   *
   * @return the value at rest
   */
  public static long rest(String what, Duration quiet, LongSupplier value) {
    long deadline = System.nanoTime() + GENEROUS.toNanos();
    long seen = value.getAsLong();
    long since = System.nanoTime();
    while (seen == 0 || System.nanoTime() - since < quiet.toNanos()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("never came to rest: " + what + ", last " + seen);
      }
      pause();
      long now = value.getAsLong();
      if (now != seen) {
        seen = now;
        since = System.nanoTime();
      }
    }
    return seen;
  }

  /**
   * Returns once the collector has taken what {@code kept} refers to: nothing holds it any more.
   */
  public static void collected(String what, Reference<?> kept) {
    until(
        what + " is collected",
        () -> {
          System.gc();
          return kept.get() == null;
        });
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
