package dev.sluice.bench.trial;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Histogram;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Clients that send a message of 64 bytes and wait until as many have come back. */
class EchoCrowd extends Crowd {

  private static final int BYTES = 64;

  private final Batch message;
  private final Histogram times = new Histogram();
  private long[] sentAt = new long[128];
  private int[] missing = new int[128];
  private boolean repeat;
  private int waiting;

  EchoCrowd(Address address) {
    super(address);
    message = Batch.single(BYTES, address.webSocket());
  }

  /** Whether an echo is answered by the next message. */
  void repeat(boolean wanted) {
    repeat = wanted;
  }

  /** Sends one message on every open link that waits for none. */
  void sendAll() throws IOException {
    for (Link link : links()) {
      if (link.state() == Link.State.OPEN && missing(link) == 0) {
        send(link);
      }
    }
  }

  final void send(Link link) throws IOException {
    int number = link.number();
    room(number);
    sentAt[number] = System.nanoTime();
    missing[number] = BYTES;
    waiting++;
    link.send(message.view());
  }

  private int missing(Link link) {
    room(link.number());
    return missing[link.number()];
  }

  private void room(int number) {
    if (number >= missing.length) {
      sentAt = Arrays.copyOf(sentAt, number * 2);
      missing = Arrays.copyOf(missing, number * 2);
    }
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    int number = link.number();
    if (length > missing[number]) {
      throw new IOException("more came back than was sent");
    }
    missing[number] -= length;
    if (missing[number] == 0) {
      times.add(System.nanoTime() - sentAt[number]);
      waiting--;
      echoed(link);
    }
  }

  /** A message is back. */
  void echoed(Link link) throws IOException {
    if (repeat && link.state() == Link.State.OPEN) {
      send(link);
    }
  }

  @Override
  public void ended(Link link) {
    super.ended(link);
    if (missing(link) > 0) {
      missing[link.number()] = 0;
      waiting--;
    }
  }

  /** From each message to the end of its echo. */
  Histogram times() {
    return times;
  }

  /** Messages whose echo is still to come. */
  int waiting() {
    return waiting;
  }
}
