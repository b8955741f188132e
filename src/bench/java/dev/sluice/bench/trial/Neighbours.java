package dev.sluice.bench.trial;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Histogram;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Clients that each send 64 bytes every two milliseconds, whether or not the echo of the last is
 * back: a stall of the peer's is felt by every message that falls into it.
 */
final class Neighbours extends Crowd {

  private static final int BYTES = 64;
  private static final long EACH_NANOS = 2_000_000;
  private static final long STEP_MILLIS = 1;
  private static final double MOST_WAITING = 5;

  private final Batch message;
  private final Histogram times = new Histogram();
  private final Map<Link, Talk> talks = new HashMap<>();

  private static final class Talk {
    final ArrayDeque<Long> sentAt = new ArrayDeque<>();
    int missing = BYTES;
  }

  Neighbours(Address address) {
    super(address);
    message = Batch.single(BYTES, address.webSocket());
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    talks.put(link, new Talk());
  }

  /** Lets them talk for so long and waits for the last echoes; the times that all took. */
  Histogram talkFor(double seconds) throws IOException {
    times.clear();
    long startedAt = System.nanoTime();
    long messages = (long) (seconds * 1e9) / EACH_NANOS;
    for (long sent = 0; sent < messages && ended() == 0; ) {
      poll(STEP_MILLIS);
      for (; sent < messages && System.nanoTime() - startedAt > sent * EACH_NANOS; sent++) {
        sendAll();
      }
    }
    pollFor(MOST_WAITING, () -> ended() > 0 || waiting() == 0);
    if (ended() > 0 || waiting() > 0) {
      throw new IOException(
          waiting() + " echoes are missing, " + ended() + " neighbours were cut off " + problem());
    }
    return times;
  }

  private void sendAll() throws IOException {
    for (Link link : links()) {
      if (link.state() == Link.State.OPEN) {
        talks.get(link).sentAt.add(System.nanoTime());
        link.send(message.view());
      }
    }
  }

  private int waiting() {
    return talks.values().stream().mapToInt(talk -> talk.sentAt.size()).sum();
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    super.received(link, bytes, from, length);
    Talk talk = talks.get(link);
    int left = length;
    for (; left >= talk.missing; talk.missing = BYTES) {
      if (talk.sentAt.isEmpty()) {
        throw new IOException("more came back than was sent");
      }
      times.add(System.nanoTime() - talk.sentAt.remove());
      left -= talk.missing;
    }
    talk.missing -= left;
  }
}
