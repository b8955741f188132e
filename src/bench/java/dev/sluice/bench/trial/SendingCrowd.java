package dev.sluice.bench.trial;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Link;
import dev.sluice.bench.load.Pace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Clients that send the same batch again and again, as fast as they can or at a pace. */
public final class SendingCrowd extends Crowd {

  private final Batch batch;
  private final Map<Link, ByteBuffer> views = new HashMap<>();
  private final Pace pace;
  private long batches;
  private boolean stopped;
  private int turn;

  SendingCrowd(Address address, Batch batch) {
    this(address, batch, null);
  }

  /** All of them together keep to {@code pace}, and go on whenever {@link #tick} is called. */
  public SendingCrowd(Address address, Batch batch, Pace pace) {
    super(address);
    this.batch = batch;
    this.pace = pace;
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    if (pace == null) {
      next(link);
    }
  }

  @Override
  public void drained(Link link) throws IOException {
    if (pace == null && !stopped && link.state() == Link.State.OPEN) {
      next(link);
    }
  }

  private void next(Link link) throws IOException {
    ByteBuffer view = views.computeIfAbsent(link, l -> batch.view());
    batches++;
    link.send(view.clear());
  }

  /** Sends what the pace has room for, in turn, where the last batch has left. */
  public void tick() throws IOException {
    long room = pace.room(System.nanoTime());
    for (int busy = 0; room >= batch.payload() && busy < links().size(); busy++) {
      turn = (turn + 1) % links().size();
      Link link = links().get(turn);
      if (link.state() == Link.State.OPEN && !sending(link)) {
        next(link);
        pace.moved(batch.payload());
        room -= batch.payload();
        busy = -1;
      }
    }
  }

  private boolean sending(Link link) {
    ByteBuffer view = views.get(link);
    return view != null && view.hasRemaining();
  }

  /** Begins no new batch. */
  void stop() {
    stopped = true;
  }

  /** Bytes of payload handed to the kernel, and of a batch that is under way, its share. */
  public long sent() {
    long waiting = views.values().stream().mapToLong(ByteBuffer::remaining).sum();
    return batches * batch.payload() - waiting * batch.payload() / batch.bytes().capacity();
  }
}
