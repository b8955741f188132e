package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Takes what comes, and ends when the other side does. */
public final class SinkConnection extends TargetConnection {

  private final Pace pace;
  private final PatternCheck check;

  private SinkConnection(Target target, SocketChannel channel, Pace pace, PatternCheck check) {
    super(target, channel);
    this.pace = pace;
    this.check = check;
  }

  /** Takes it as fast as it can. */
  public static TargetConnection fast(Target target, SocketChannel channel) {
    return new SinkConnection(target, channel, Pace.NONE, null);
  }

  /** Takes so many bytes a second. */
  public static Target.Behaviour slow(long bytesPerSecond) {
    return (target, channel) -> new SinkConnection(target, channel, new Pace(bytesPerSecond), null);
  }

  /** Takes it as fast as it can, and checks that it is a stream of the pattern. */
  public static TargetConnection checking(Target target, SocketChannel channel) {
    return new SinkConnection(target, channel, Pace.NONE, new PatternCheck());
  }

  @Override
  int interest() {
    return paced() ? 0 : SelectionKey.OP_READ;
  }

  @Override
  boolean paced() {
    return pace != Pace.NONE;
  }

  @Override
  void readable() throws IOException {
    take(Long.MAX_VALUE);
  }

  @Override
  void onTick(long now) throws IOException {
    pace.moved(take(pace.room(now)));
  }

  private long take(long limit) throws IOException {
    long taken = 0;
    for (int turn = 0; turn < Loop.TURNS && taken < limit; turn++) {
      ByteBuffer in = read(limit - taken);
      int n = in.limit();
      taken += n;
      if (check != null) {
        check(in);
      }
      if (n < in.capacity() || !isOpen()) {
        return taken;
      }
    }
    return taken;
  }

  private void check(ByteBuffer in) {
    long before = check.wrongAt();
    check.accept(in, 0, in.limit());
    if (before < 0 && check.wrongAt() >= 0) {
      target().foundWrong();
    }
  }
}
