package dev.sluice.relay;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct buffers in two sizes, kept for reuse up to a share of the budget. Every chunk in use is on
 * the {@link MemoryBudget}. Any thread.
 */
public final class ChunkPool {

  /** What an interactive tunnel needs for a moment. */
  static final int SMALL = 16_384;

  /** What bulk flows in: larger messages cost markedly less per byte, up to about this size. */
  static final int LARGE = 262_144;

  private final MemoryBudget budget;
  private final int smallSize;
  private final int largeSize;
  private final Queue<ByteBuffer> small = new ConcurrentLinkedQueue<>();
  private final Queue<ByteBuffer> large = new ConcurrentLinkedQueue<>();
  private final AtomicLong idle = new AtomicLong();
  private final long maxIdle;

  /** Makes an empty pool that keeps at most an eighth of the budget idle. */
  public ChunkPool(MemoryBudget budget) {
    this(budget, SMALL, LARGE);
  }

  ChunkPool(MemoryBudget budget, int smallSize, int largeSize) {
    this.budget = budget;
    this.smallSize = smallSize;
    this.largeSize = largeSize;
    this.maxIdle = budget.limit() / 8;
  }

  MemoryBudget budget() {
    return budget;
  }

  /** An empty chunk: a large one if that is preferred and fits into {@code room}, else a small. */
  Chunk acquire(boolean preferLarge, int room) {
    return acquire(preferLarge ? largest(room) : smallSize);
  }

  /** An empty chunk for {@code bytes}, at most the larger size. */
  Chunk acquireFor(int bytes) {
    return acquire(bytes <= smallSize ? smallSize : largeSize);
  }

  /** The most bytes that lie together in a chunk that fits into {@code room}, or in a small one. */
  int largest(int room) {
    return largeSize <= room ? largeSize : smallSize;
  }

  private Chunk acquire(int size) {
    ByteBuffer kept = idleOf(size).poll();
    if (kept != null) {
      idle.addAndGet(-size);
    }
    ByteBuffer buffer = kept == null ? ByteBuffer.allocateDirect(size) : kept;
    Chunk chunk = new Chunk(buffer);
    budget.take(size);
    return chunk;
  }

  /** Takes a chunk back, whatever happens: where there is no memory to keep its buffer, it goes. */
  void release(Chunk chunk) {
    int size = chunk.buffer.capacity();
    budget.give(size);
    boolean kept = idle.addAndGet(size) <= maxIdle;
    try {
      kept = kept && idleOf(size).add(chunk.buffer.clear());
    } catch (OutOfMemoryError e) {
      kept = false;
    }
    if (!kept) {
      idle.addAndGet(-size);
    }
  }

  /** Gives the bytes back but not the buffer: somebody may still be reading it. */
  void forget(Chunk chunk) {
    budget.give(chunk.buffer.capacity());
  }

  private Queue<ByteBuffer> idleOf(int size) {
    return size == smallSize ? small : large;
  }

  /** A buffer that is appended to at one end and consumed at the other. */
  static final class Chunk {
    final ByteBuffer buffer;
    int consumed;
    int written;

    private Chunk(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    int unread() {
      return written - consumed;
    }

    int free() {
      return buffer.capacity() - written;
    }
  }
}
