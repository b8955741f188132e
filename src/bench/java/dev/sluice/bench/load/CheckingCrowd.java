package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Clients that check every byte of the pattern that comes. */
public final class CheckingCrowd extends Crowd {

  private final Map<Link, PatternCheck> checks = new HashMap<>();

  /** A crowd that is to connect to {@code address}. */
  public CheckingCrowd(Address address) {
    super(address);
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    super.received(link, bytes, from, length);
    checks.computeIfAbsent(link, l -> new PatternCheck()).accept(bytes, from, length);
  }

  /** How many streams came with exactly so many bytes, all of them right. */
  public long whole(long bytes) {
    return checks.values().stream().filter(c -> c.wrongAt() < 0 && c.count() == bytes).count();
  }

  /** How many streams came with a wrong byte. */
  public long wrong() {
    return checks.values().stream().filter(c -> c.wrongAt() >= 0).count();
  }

  /** Whether no two links were given the same stream. */
  public boolean distinct() {
    return checks.values().stream().mapToLong(PatternCheck::seed).distinct().count()
        == checks.size();
  }
}
