package dev.sluice.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One accepted connection, on the target's thread. */
public abstract class TargetConnection implements Loop.Ready {

  private final Target target;
  private final SocketChannel channel;
  private SelectionKey key;

  TargetConnection(Target target, SocketChannel channel) {
    this.target = target;
    this.channel = channel;
  }

  final void register(Loop loop) throws IOException {
    key = channel.register(loop.selector(), interest(), this);
  }

  /** What it waits for from the start. */
  abstract int interest();

  /** It can be read. */
  abstract void readable() throws IOException;

  /** It can be written. */
  void writable() throws IOException {}

  /** Whether it goes by the clock, in {@link #onTick}. */
  boolean paced() {
    return false;
  }

  /** Some milliseconds are over; {@code now} is by {@link System#nanoTime}. */
  void onTick(long now) throws IOException {}

  final void tick(long now) {
    try {
      onTick(now);
    } catch (IOException e) {
      end();
    }
  }

  @Override
  public final void ready(SelectionKey ready) {
    try {
      int operations = ready.readyOps();
      if ((operations & SelectionKey.OP_READ) != 0) {
        readable();
      }
      if (channel.isOpen() && (operations & SelectionKey.OP_WRITE) != 0) {
        writable();
      }
    } catch (IOException e) {
      end();
    }
  }

  final void await(int operations) {
    key.interestOps(operations);
  }

  /** Reads at most so many bytes; the buffer is flipped, and gone with the next call. */
  final ByteBuffer read(long limit) throws IOException {
    ByteBuffer in = target.loop().in(limit);
    int n = channel.read(in);
    if (n < 0) {
      end();
    } else if (n > 0) {
      target.received(n);
    }
    return in.flip();
  }

  final int write(ByteBuffer bytes) throws IOException {
    int n = channel.write(bytes);
    target.sent(n);
    return n;
  }

  final void endOutput() throws IOException {
    channel.shutdownOutput();
  }

  final boolean isOpen() {
    return channel.isOpen();
  }

  final Target target() {
    return target;
  }

  /** Ends it with a reset. */
  final void drop() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // it is gone already
    }
    end();
  }

  final void end() {
    try {
      channel.close();
    } catch (IOException e) {
      // as good as closed
    }
    target.gone(this);
  }
}
