package dev.sluice.relay;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The node's allowance for buffered bytes, shared by every tunnel and both directions. It never
 * refuses a buffer to a tunnel that is open: it lowers the marks as it fills, so that open tunnels
 * stop sooner, and is {@linkplain #isSpent() spent} to new ones when nothing is left.
 */
public final class MemoryBudget {

  /** A tunnel may fill at most this share of what is left. */
  private static final int SHARE = 16;

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * Makes an untouched budget.
   *
   * @param limit bytes
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Bytes allowed in all. */
  public long limit() {
    return limit;
  }

  /** Bytes of buffers in use. */
  public long used() {
    return used.get();
  }

  /** Whether new tunnels are to be refused. */
  public boolean isSpent() {
    return used.get() >= limit;
  }

  /**
   * The mark that holds now: the configured one while there is plenty, then a share of what is
   * left, never under {@link RelaySettings#LEAST_MARK}.
   */
  int mark(int configured) {
    long share = (limit - used.get()) / SHARE;
    return (int) Math.min(configured, Math.max(RelaySettings.LEAST_MARK, share));
  }

  void take(int bytes) {
    used.addAndGet(bytes);
  }

  void give(int bytes) {
    used.addAndGet(-bytes);
  }
}
