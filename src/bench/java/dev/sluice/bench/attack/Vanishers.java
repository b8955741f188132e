package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Clients with a small window that read once of what the target sends, let the window fill and are
 * gone, with bytes that they have not read: the kernel resets such a connection.
 */
final class Vanishers extends Assault {

  private static final int CLIENTS = 8;
  private static final int WINDOW = 32 << 10;
  private static final long FILLING_NANOS = 5_000_000;

  private final Map<Link, Long> fillingSince = new HashMap<>();

  Vanishers(Address address, long most) {
    super(address, CLIENTS, WINDOW, most);
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    super.received(link, bytes, from, length);
    link.reading(false);
    fillingSince.putIfAbsent(link, System.nanoTime());
  }

  @Override
  void tick(long now) {
    for (Link link : links()) {
      Long since = fillingSince.get(link);
      if (since != null && now - since > FILLING_NANOS) {
        link.abort();
        did(1);
      }
    }
    fillingSince.keySet().removeIf(link -> link.state() == Link.State.ENDED);
  }
}
