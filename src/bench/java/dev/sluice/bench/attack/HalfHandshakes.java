package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Link;
import java.io.IOException;

/**
 * Clients that send half of their opening handshake and wait. As long as there is more to be done,
 * each gives up after about a second, one after the other, and comes again.
 */
final class HalfHandshakes extends Assault {

  static final int CLIENTS = 500;
  private static final long EACH_NANOS = 2_000_000;

  private final Address address;
  private long lastAt = System.nanoTime();
  private int next;

  HalfHandshakes(Address address, long most) {
    super(address.bare(), CLIENTS, 0, most);
    this.address = address;
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    link.send(address.handshake().half());
    did(1);
  }

  @Override
  void tick(long now) {
    for (; !isOver() && now - lastAt > EACH_NANOS; lastAt += EACH_NANOS) {
      links().get(next).abort();
      next = (next + 1) % CLIENTS;
    }
  }
}
