package dev.sluice.frames;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket that keeps one number: the time at which it will be full again. One thread at a
 * time.
 */
final class ControlRate {

  private final LongSupplier clock;
  private final long nanosPerToken;
  private final long nanosToFill;
  private long fullAt;

  /**
   * A full bucket.
   *
   * @param clock monotonic, nanoseconds
   */
  ControlRate(FrameLimits limits, LongSupplier clock) {
    this.clock = clock;
    this.nanosPerToken = TimeUnit.SECONDS.toNanos(1) / limits.controlFramesPerSecond();
    this.nanosToFill = nanosPerToken * limits.controlFrameBurst();
    this.fullAt = clock.getAsLong();
  }

  /** Takes a token for a control frame. A close frame is never too much. */
  void takeFor(int opcode) throws ProtocolViolation {
    if (opcode != Opcode.CLOSE && !take()) {
      throw new ProtocolViolation(CloseCode.POLICY_VIOLATION, "too many control frames");
    }
  }

  /** Takes a token; false when there is none. */
  boolean take() {
    long now = clock.getAsLong();
    long after = Math.max(fullAt - now, 0) + nanosPerToken;
    if (after > nanosToFill) {
      return false;
    }
    fullAt = now + after;
    return true;
  }
}
