package dev.sluice.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How many different targets each caller may ask for in a minute, which is what tells a scan of
 * ports or hosts from work. One of the last that it asked for costs nothing: reconnecting is no
 * scan. Targets count before policy is asked, the denied like the allowed. Any thread.
 */
public final class TargetLimiter {

  private static final Limit LIMIT = Limit.TARGETS_PER_MINUTE;

  private final Supplier<LimitSettings> settings;
  private final TimeMeter clock;
  private final Callers<Asked> callers;

  /**
   * @param settings those of the moment
   */
  public TargetLimiter(Supplier<LimitSettings> settings) {
    this(settings, TimeMeter.SYSTEM_NANOTIME);
  }

  TargetLimiter(Supplier<LimitSettings> settings, TimeMeter clock) {
    this.settings = settings;
    this.clock = clock;
    this.callers = new Callers<>(most -> new Asked(RateLimiter.bucket(most, clock), most));
  }

  /** Counts a target, unless the caller has used up its minute. */
  public Optional<Exhausted> pass(String caller, String target) {
    int most = LIMIT.of(settings.get());
    return most == Integer.MAX_VALUE
        ? Optional.empty()
        : callers.of(caller, most, clock.currentTimeNanos()).pass(target);
  }

  /** None that two names could be made up for, to pass as one target. */
  private static long hash(String target) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(target.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What one caller asked for, as hashes: names may be long, and somebody else makes them up. */
  private static final class Asked {
    private final Bucket bucket;
    private final int most;
    private long[] last = {};
    private int oldest;

    private Asked(Bucket bucket, int most) {
      this.bucket = bucket;
      this.most = most;
    }

    synchronized Optional<Exhausted> pass(String target) {
      long hash = hash(target);
      for (long known : last) {
        if (known == hash) {
          return Optional.empty();
        }
      }
      Optional<Exhausted> exhausted = RateLimiter.take(LIMIT, bucket);
      if (exhausted.isEmpty()) {
        remember(hash);
      }
      return exhausted;
    }

    private void remember(long hash) {
      if (last.length < most) {
        last = Arrays.copyOf(last, last.length + 1);
        last[last.length - 1] = hash;
      } else {
        last[oldest] = hash;
        oldest = (oldest + 1) % most;
      }
    }
  }
}
