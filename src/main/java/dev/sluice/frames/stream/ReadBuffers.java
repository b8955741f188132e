package dev.sluice.frames.stream;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Room to read into, lent to whoever reads at this moment: a connection at rest holds none, and
 * there are never more than threads that read at once. Any thread.
 */
public final class ReadBuffers {

  private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();
  private final IntFunction<ByteBuffer> make;
  private final int size;

  private ReadBuffers(int size, IntFunction<ByteBuffer> make) {
    this.size = size;
    this.make = make;
  }

  /** For streams that read by system calls: what is read needs no copy to be written. */
  public static ReadBuffers direct(int size) {
    return new ReadBuffers(size, ByteBuffer::allocateDirect);
  }

  /** For streams that read into arrays. */
  public static ReadBuffers heap(int size) {
    return new ReadBuffers(size, ByteBuffer::allocate);
  }

  /** An empty buffer; {@link #giveBack} must follow. */
  ByteBuffer take() {
    ByteBuffer kept = idle.poll();
    return kept == null ? make.apply(size) : kept.clear();
  }

  void giveBack(ByteBuffer buffer) {
    idle.add(buffer);
  }
}
