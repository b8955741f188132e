package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Sends back what comes, and ends when the other side does. */
public final class EchoConnection extends TargetConnection {

  private static final int MOST = 64 << 10;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer rest = NOTHING;

  /** An echo on an accepted connection. */
  public EchoConnection(Target target, SocketChannel channel) {
    super(target, channel);
  }

  @Override
  int interest() {
    return SelectionKey.OP_READ;
  }

  @Override
  void readable() throws IOException {
    ByteBuffer in = read(MOST);
    if (in.hasRemaining()) {
      write(in);
    }
    if (in.hasRemaining()) {
      rest = ByteBuffer.allocate(in.remaining()).put(in).flip();
      await(SelectionKey.OP_WRITE);
    }
  }

  @Override
  void writable() throws IOException {
    write(rest);
    if (!rest.hasRemaining()) {
      rest = NOTHING;
      await(SelectionKey.OP_READ);
    }
  }
}
