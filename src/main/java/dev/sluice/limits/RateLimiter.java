package dev.sluice.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How often each caller may do something: a bucket for each that holds a minute's worth and fills
 * again evenly. Any thread.
 */
public final class RateLimiter {

  private final Limit limit;
  private final Supplier<LimitSettings> settings;
  private final TimeMeter clock;
  private final Callers<Bucket> callers;

  /**
   * @param limit of which the number is so many a minute
   * @param settings those of the moment
   */
  public RateLimiter(Limit limit, Supplier<LimitSettings> settings) {
    this(limit, settings, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimiter(Limit limit, Supplier<LimitSettings> settings, TimeMeter clock) {
    this.limit = limit;
    this.settings = settings;
    this.clock = clock;
    this.callers = new Callers<>(most -> bucket(most, clock));
  }

  static Bucket bucket(int perMinute, TimeMeter clock) {
    return Bucket.builder()
        .addLimit(band -> band.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(clock)
        .build();
  }

  /** Counts once for {@code caller}, unless it has used its minute up. */
  public Optional<Exhausted> pass(String caller) {
    int most = limit.of(settings.get());
    return most == Integer.MAX_VALUE ? Optional.empty() : take(limit, bucketOf(caller, most));
  }

  static Optional<Exhausted> take(Limit limit, Bucket bucket) {
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(new Exhausted(limit, Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  /** Whether {@code caller} has used its minute up; does not count. */
  public Optional<Exhausted> look(String caller) {
    int most = limit.of(settings.get());
    if (most == Integer.MAX_VALUE) {
      return Optional.empty();
    }
    EstimationProbe probe = bucketOf(caller, most).estimateAbilityToConsume(1);
    return probe.canBeConsumed()
        ? Optional.empty()
        : Optional.of(new Exhausted(limit, Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  private Bucket bucketOf(String caller, int most) {
    return callers.of(caller, most, clock.currentTimeNanos());
  }
}
