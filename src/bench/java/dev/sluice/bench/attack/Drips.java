package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Clients that each begin a frame of a gibibyte and send it one byte at a time. */
final class Drips extends Assault {

  private static final int CLIENTS = 100;

  /** FIN and binary; masked, with a length of 64 bits; 2³⁰; the mask. Its payload is zeros. */
  private static final byte[] HEADER = {
    (byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4
  };

  private final long eachNanos;
  private final Map<Link, Integer> sent = new HashMap<>();
  private long lastAt = System.nanoTime();

  Drips(Address address, long eachNanos) {
    super(address, CLIENTS, 0, Long.MAX_VALUE);
    this.eachNanos = eachNanos;
  }

  @Override
  void tick(long now) {
    if (now - lastAt < eachNanos) {
      return;
    }
    lastAt = now;
    sent.keySet().removeIf(link -> link.state() == Link.State.ENDED);
    for (Link link : links()) {
      if (link.state() == Link.State.OPEN) {
        drip(link, sent.merge(link, 1, Integer::sum) - 1);
      }
    }
  }

  private void drip(Link link, int at) {
    try {
      link.send(ByteBuffer.wrap(new byte[] {at < HEADER.length ? HEADER[at] : 0}));
      did(1);
    } catch (IOException cutOff) {
      link.abort();
    }
  }
}
