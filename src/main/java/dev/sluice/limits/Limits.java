package dev.sluice.limits;

import java.util.function.Supplier;

/**
 * All limiters of a node.
 *
 * @param settings those of the moment
 * @param open what is open
 * @param handshakes how often callers ask for a tunnel
 * @param failures how often addresses fail to get in, as often as {@code handshakes}
 * @param probes how often callers probe
 * @param targets how many targets callers ask for
 */
public record Limits(
    Supplier<LimitSettings> settings,
    TunnelLimiter open,
    RateLimiter handshakes,
    RateLimiter failures,
    RateLimiter probes,
    TargetLimiter targets) {

  /** Limiters that have counted nothing yet. */
  public static Limits of(Supplier<LimitSettings> settings) {
    return new Limits(
        settings,
        new TunnelLimiter(settings),
        new RateLimiter(Limit.HANDSHAKES_PER_MINUTE, settings),
        new RateLimiter(Limit.HANDSHAKES_PER_MINUTE, settings),
        new RateLimiter(Limit.PROBES_PER_MINUTE, settings),
        new TargetLimiter(settings));
  }
}
