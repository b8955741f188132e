package dev.sluice.tunnel;

import dev.sluice.relay.RelayStats;
import java.util.concurrent.TimeUnit;

/**
 * How fast a tunnel's bytes move, for whoever looks: since the look before, if that was a second
 * ago or longer, else as it was then. It needs no timer, and several may look. Any thread.
 */
public final class RateMeter {

  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
  private static final double NANOS_PER_SECOND = 1e9;

  private long since = System.nanoTime();
  private long up;
  private long down;
  private Rates last = new Rates(0, 0);

  RateMeter() {}

  /** Bytes a second, from the client and from the target. */
  public record Rates(long up, long down) {}

  synchronized Rates look(RelayStats stats, long now) {
    long nanos = now - since;
    if (nanos >= LEAST_NANOS) {
      double seconds = nanos / NANOS_PER_SECOND;
      last =
          new Rates(
              Math.round((stats.bytesUp() - up) / seconds),
              Math.round((stats.bytesDown() - down) / seconds));
      since = now;
      up = stats.bytesUp();
      down = stats.bytesDown();
    }
    return last;
  }
}
