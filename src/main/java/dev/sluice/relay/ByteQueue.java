package dev.sluice.relay;

import dev.sluice.relay.ChunkPool.Chunk;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in arrival order, in pooled chunks: appended to the last, consumed from the first. What is
 * appended while earlier bytes wait lies next to them, so it leaves with them in one message or one
 * write. An empty queue holds no chunk.
 *
 * <p>One producer and one consumer, each on whichever thread it happens to be; the lock guards only
 * the bookkeeping, and nothing is called under it but the pool.
 */
final class ByteQueue {

  /** How far over a mark the chunks may reach: one read. */
  static final int SLACK = 32_768;

  private final ChunkPool pool;
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private @Nullable Chunk filling;
  private int held;
  private boolean lastFillWasWhole;
  private int lent;
  private boolean dropped;
  private volatile long size;

  ByteQueue(ChunkPool pool) {
    this.pool = pool;
  }

  /** Bytes appended and not yet consumed. */
  long size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Room at the end for the producer to fill; {@link #endFill} must follow.
   *
   * @param mark what the queue should hold at most, give or take {@link #SLACK}
   */
  synchronized ByteBuffer beginFill(int mark) {
    if (dropped) {
      return ByteBuffer.allocate(0);
    }
    Chunk chunk = tailFor(mark);
    filling = chunk;
    long room = Math.max(ChunkPool.SMALL, mark + SLACK - size);
    int end = (int) Math.min(chunk.buffer.capacity(), chunk.written + room);
    return chunk.buffer.limit(end).position(chunk.written);
  }

  /** Ends the fill: {@code bytes} of the room now hold data; zero or less if none came. */
  synchronized void endFill(int bytes) {
    Chunk chunk = filling;
    filling = null;
    if (dropped) {
      if (chunk != null) {
        pool.release(chunk);
      }
      return;
    }
    if (chunk == null) {
      throw new IllegalStateException("endFill without beginFill");
    }
    lastFillWasWhole = bytes > 0 && !chunk.buffer.hasRemaining();
    if (bytes > 0) {
      chunk.written += bytes;
      size += bytes;
    }
    if (chunk.unread() == 0) {
      chunks.remove(chunk);
      release(chunk);
    }
  }

  /** Appends a copy of all that remains in {@code source}. */
  synchronized void put(ByteBuffer source, int mark) {
    if (dropped) {
      source.position(source.limit());
      return;
    }
    while (source.hasRemaining()) {
      lastFillWasWhole = source.remaining() > ChunkPool.SMALL;
      Chunk chunk = tailFor(mark);
      int n = Math.min(chunk.free(), source.remaining());
      chunk.buffer.clear().put(chunk.written, source, source.position(), n);
      source.position(source.position() + n);
      chunk.written += n;
      size += n;
    }
  }

  /** Appends a copy of all that remains in {@code source} to an empty queue, in one piece. */
  synchronized void putTogether(ByteBuffer source) {
    if (dropped) {
      source.position(source.limit());
      return;
    }
    int n = source.remaining();
    Chunk chunk = add(pool.acquireFor(n));
    chunk.buffer.clear().put(source);
    chunk.written = n;
    size += n;
    lastFillWasWhole = n > ChunkPool.SMALL;
  }

  private Chunk tailFor(int mark) {
    Chunk tail = chunks.peekLast();
    if (tail != null && tail.free() > 0) {
      return tail;
    }
    return add(pool.acquire(lastFillWasWhole, mark + SLACK - held));
  }

  private Chunk add(Chunk chunk) {
    try {
      chunks.addLast(chunk);
    } catch (OutOfMemoryError e) {
      pool.release(chunk);
      throw e;
    }
    held += chunk.buffer.capacity();
    return chunk;
  }

  /**
   * Lends a view of the first bytes that lie together, at most {@code max}, until the next {@link
   * #consume}; null when empty.
   */
  synchronized @Nullable ByteBuffer first(int max) {
    Chunk head = chunks.peekFirst();
    if (head == null || head.unread() == 0) {
      return null;
    }
    lent = 1;
    return head.buffer.slice(head.consumed, Math.min(max, head.unread()));
  }

  /** Views of everything in order, at most {@code max} of them and {@code bytes} in all. */
  synchronized ByteBuffer[] views(int max, int bytes) {
    ByteBuffer[] views = new ByteBuffer[Math.min(max, chunks.size())];
    Iterator<Chunk> each = chunks.iterator();
    int left = bytes;
    int i = 0;
    while (i < views.length && left > 0) {
      Chunk chunk = each.next();
      int n = Math.min(left, chunk.unread());
      views[i++] = chunk.buffer.slice(chunk.consumed, n);
      left -= n;
    }
    lent = i;
    return i == views.length ? views : Arrays.copyOf(views, i);
  }

  /** Forgets the first {@code bytes}: they have left. */
  synchronized void consume(long bytes) {
    lent = 0;
    long left = dropped ? 0 : bytes;
    while (left > 0) {
      Chunk head = chunks.getFirst();
      int n = (int) Math.min(left, head.unread());
      head.consumed += n;
      size -= n;
      left -= n;
      if (head.unread() == 0 && head != filling) {
        chunks.removeFirst();
        release(head);
      } else if (n == 0) {
        throw new IllegalStateException("consumed " + left + " bytes more than there were");
      }
    }
  }

  /**
   * Drops everything, now and for ever. A lent view may still be read by whoever has it: its buffer
   * is not used again.
   */
  synchronized void drop() {
    dropped = true;
    size = 0;
    for (Chunk chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      if (lent > 0) {
        pool.forget(chunk);
        filling = chunk == filling ? null : filling;
      } else if (chunk != filling) {
        pool.release(chunk);
      }
      lent--;
    }
  }

  private void release(Chunk chunk) {
    held -= chunk.buffer.capacity();
    pool.release(chunk);
  }
}
