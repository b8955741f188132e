package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends without an end, or so many bytes of the pattern and then the end of the stream. */
public final class SourceConnection extends TargetConnection {

  private static final int CHUNK = 64 << 10;
  private static final Batch ENDLESS = Batch.single(CHUNK, false);
  private static final AtomicInteger STREAMS = new AtomicInteger();

  private final ByteBuffer chunk;
  private final Pace pace;
  private final long seed;
  private long left;
  private long position;

  private SourceConnection(
      Target target, SocketChannel channel, ByteBuffer chunk, Pace pace, long left) {
    super(target, channel);
    this.chunk = chunk;
    this.pace = pace;
    this.left = left;
    this.seed = Pattern.seed(STREAMS.getAndIncrement());
  }

  /** Sends as fast as it can. */
  public static TargetConnection fast(Target target, SocketChannel channel) {
    return new SourceConnection(target, channel, ENDLESS.view(), Pace.NONE, -1);
  }

  /** Sends so many bytes a second. */
  public static Target.Behaviour slow(long bytesPerSecond) {
    return (target, channel) ->
        new SourceConnection(target, channel, ENDLESS.view(), new Pace(bytesPerSecond), -1);
  }

  /** Sends so many bytes of a stream of the pattern, then its end. */
  public static Target.Behaviour exactly(long bytes) {
    return (target, channel) ->
        new SourceConnection(
            target, channel, ByteBuffer.allocateDirect(CHUNK).limit(0), Pace.NONE, bytes);
  }

  @Override
  int interest() {
    return paced() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
  }

  @Override
  boolean paced() {
    return pace != Pace.NONE;
  }

  @Override
  void readable() throws IOException {
    read(Loop.READ_BYTES);
  }

  @Override
  void writable() throws IOException {
    give(Long.MAX_VALUE);
  }

  @Override
  void onTick(long now) throws IOException {
    pace.moved(give(pace.room(now)));
  }

  private long give(long limit) throws IOException {
    long given = 0;
    for (int turn = 0; turn < Loop.TURNS && given < limit; turn++) {
      if (!chunk.hasRemaining() && !refill()) {
        return given;
      }
      int end = chunk.limit();
      int room = (int) Math.min(chunk.remaining(), limit - given);
      chunk.limit(chunk.position() + room);
      int n = write(chunk);
      chunk.limit(end);
      given += n;
      if (n < room) {
        return given;
      }
    }
    return given;
  }

  private boolean refill() throws IOException {
    chunk.clear();
    if (left < 0) {
      return true;
    }
    if (left == 0) {
      endOutput();
      await(SelectionKey.OP_READ);
      return false;
    }
    chunk.limit((int) Math.min(CHUNK, left));
    left -= chunk.limit();
    Pattern.fill(seed, position, chunk);
    position += chunk.limit();
    chunk.flip();
    return true;
  }
}
