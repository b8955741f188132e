package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One client that sends the same frame as fast as it can, and then stays; it reads nothing. */
final class Flood extends Assault {

  private static final int WINDOW = 32 << 10;

  private final ByteBuffer first;
  private final Batch batch;
  private final int framesOfBatch;
  private ByteBuffer underWay = ByteBuffer.allocate(0);

  /**
   * A client that is still to connect.
   *
   * @param first what it sends once, before all else
   * @param frame what it sends from then on
   * @param most of these frames, to within 64 KiB
   */
  Flood(Address address, ByteBuffer first, ByteBuffer frame, long most) {
    super(address, 1, WINDOW, most);
    this.first = first;
    this.batch = Batch.repeated(frame);
    this.framesOfBatch = batch.bytes().remaining() / frame.remaining();
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    link.reading(false);
    underWay = first.duplicate();
    link.send(underWay);
  }

  @Override
  public void drained(Link link) throws IOException {
    if (underWay.capacity() == batch.bytes().capacity()) {
      did(framesOfBatch);
    }
    if (link.state() == Link.State.OPEN && !isOver()) {
      underWay = batch.view();
      link.send(underWay);
    }
  }
}
