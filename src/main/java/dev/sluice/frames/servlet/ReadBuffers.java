package dev.sluice.frames.servlet;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Room to read into, lent to whoever reads at this moment: a connection at rest holds none, and
 * there are never more than threads that read at once. Any thread.
 */
final class ReadBuffers {

  /** Several of the server's own reads, so that they reach the target in one write. */
  static final int SIZE = 65_536;

  private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

  /** An empty buffer over an array; {@link #giveBack} must follow. */
  ByteBuffer take() {
    ByteBuffer kept = idle.poll();
    return kept == null ? ByteBuffer.allocate(SIZE) : kept.clear();
  }

  void giveBack(ByteBuffer buffer) {
    idle.add(buffer);
  }
}
