package dev.sluice.access;

import java.time.Duration;

/**
 * How one-time tickets go.
 *
 * @param lifetime how long one can be redeemed, at most {@link #LONGEST}
 * @param inQuery whether one may stand in an address, as {@code ?ticket=}: addresses end up in logs
 *     that are not ours
 */
public record TicketSettings(Duration lifetime, boolean inQuery) {

  /** No ticket lives longer. */
  public static final Duration LONGEST = Duration.ofSeconds(30);

  public TicketSettings {
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a ticket lives up to " + LONGEST + ", not " + lifetime);
    }
  }

  /** What holds where nothing is configured. */
  public static TicketSettings defaults() {
    return new TicketSettings(LONGEST, false);
  }
}
