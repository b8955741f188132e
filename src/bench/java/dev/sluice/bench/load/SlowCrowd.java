package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Clients that read nothing, unless they are told to, of a target that sends a stream of the
 * pattern as fast as it can. Each byte that they do read is checked.
 */
public final class SlowCrowd extends Crowd {

  /** The receive buffer: what little of it a kernel holds is not what a test is about. */
  private static final int WINDOW = 64 << 10;

  private final Map<Link, PatternCheck> checks = new HashMap<>();

  /** A crowd that is to connect to {@code address}. */
  public SlowCrowd(Address address) {
    super(address, WINDOW);
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    link.reading(false);
    checks.put(link, new PatternCheck());
  }

  /** Each open link reads at most so many bytes, of those that have arrived. */
  public void take(long bytes) {
    for (Link link : links()) {
      if (link.state() == Link.State.OPEN) {
        link.readAtMost(bytes);
      }
    }
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    super.received(link, bytes, from, length);
    PatternCheck check = checks.get(link);
    check.accept(bytes, from, length);
    if (check.wrongAt() >= 0) {
      throw new IOException("wrong byte at " + check.wrongAt());
    }
  }

  /** The fewest bytes that one of them has got. */
  public long least() {
    return links().stream()
        .mapToLong(link -> checks.containsKey(link) ? checks.get(link).count() : 0)
        .min()
        .orElse(0);
  }
}
