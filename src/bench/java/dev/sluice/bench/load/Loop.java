package dev.sluice.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A selector and the buffer that everything is read into. One thread's at a time. */
final class Loop implements AutoCloseable {

  /** As much as one read may bring. */
  static final int READ_BYTES = 256 << 10;

  /** Reads or writes on one connection before the next one has its turn. */
  static final int TURNS = 4;

  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);

  Loop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is attached to a key. */
  interface Ready {
    void ready(SelectionKey key);
  }

  Selector selector() {
    return selector;
  }

  /** Empty, for at most {@code limit} bytes; what was in it is gone. */
  ByteBuffer in(long limit) {
    return in.clear().limit((int) Math.min(limit, READ_BYTES));
  }

  /** Lets everything that is ready have its turn; waits for that at most {@code millis} (> 0). */
  void poll(long millis) {
    try {
      selector.select(key -> ((Ready) key.attachment()).ready(key), millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same without waiting. */
  void pollNow() {
    try {
      selector.selectNow(key -> ((Ready) key.attachment()).ready(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes what is registered, too: a selector by itself leaves that open. */
  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
