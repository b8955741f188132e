package dev.sluice.limits;

import java.time.Duration;

/**
 * A limit that has been reached.
 *
 * @param delay after which asking again may help
 */
public record Exhausted(Limit limit, Duration delay) {

  /** Whole seconds to wait, at least one, as Retry-After has them (RFC 9110 §10.2.3). */
  public long retryAfterSeconds() {
    return Math.max(1, delay.plusNanos(999_999_999).toSeconds());
  }
}
