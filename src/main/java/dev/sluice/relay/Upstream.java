package dev.sluice.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The write chain: WebSocket to target, in arrival order for ever. A frame is written at once, on
 * the container's thread, when nothing waits; otherwise it joins what waits, and all of it leaves
 * in one gathering write. Of small frames that follow each other closely, as a container that hands
 * them on one by one has them, all but the first are left to the loop, which joins them. Over the
 * high mark the client is stopped; at half of it, it goes on.
 */
public final class Upstream {

  /** The relay that owns this direction. Told on any thread, never under a lock. */
  interface Owner {
    /** Bytes wait for the target to take them: call {@link #flush} when it can. */
    void wantsWrite();

    /** Bytes wait that the target may take at once: call {@link #flush} soon. */
    void wantsFlush();

    /** Whether the caller is the thread that calls {@link #flush}. */
    boolean flushesHere();

    /** The client may send again, having been stopped for so many nanoseconds. */
    void clientGoesOn(long nanos);

    /** After {@link #end}: everything has been written. Once. */
    void upDrained();

    /** The target takes no more. */
    void writeFailed(IOException why);

    /** The client was told to stop and did not: the chain has reached its hard cap. */
    void overrun();
  }

  /** Buffers of one gathering write. */
  private static final int GATHER = 64;

  /**
   * The hard cap, in high marks. Frames that a container had already taken in stay well under it.
   */
  private static final int CAP = 4;

  /** The most of a frame that is written at once. */
  private static final int STEP = 131_072;

  /** The longest frame, in bytes, that waits for those behind it. */
  static final int JOIN = 8_192;

  /**
   * Frames that come closer behind each other than this flow: a call to the kernel for each would
   * take as long as what the container does with it.
   */
  private static final long FLOW_NANOS = 30_000;

  private final ByteQueue queue;
  private final MemoryBudget budget;
  private final int highWater;
  private final Object lock = new Object();
  private final AtomicInteger lever = new AtomicInteger();
  private final PauseClock pauses = new PauseClock();
  private final Brake brake = new Brake();
  private @Nullable GatheringByteChannel target;
  private @Nullable IOException failure;
  private boolean ended;
  private boolean drained;
  private boolean dropped;
  private int lowWater;
  private volatile boolean applied;
  private volatile boolean stop;
  private volatile long lastMove = System.nanoTime();
  private volatile long total;
  private @Nullable WebSocketPort port;
  private @Nullable Owner owner;

  /** A chain of its own for one tunnel, with the marks of {@code settings}. */
  public Upstream(ChunkPool pool, RelaySettings settings) {
    this.queue = new ByteQueue(pool);
    this.budget = pool.budget();
    this.highWater = settings.highWater();
  }

  /** Binds the two ends, before anything flows. */
  void bind(WebSocketPort boundPort, Owner boundOwner) {
    this.port = boundPort;
    this.owner = boundOwner;
  }

  /** What is left to the mark, and never less than lets the stream flow. */
  int appetite() {
    return (int) Math.max(ByteQueue.SLACK, mark() - queue.size());
  }

  /**
   * Takes a frame's payload; on return it has been written or copied. One thread at a time, in
   * arrival order: the container's.
   */
  void write(ByteBuffer frame) {
    if (!frame.hasRemaining()) {
      return;
    }
    IOException failed = null;
    boolean waits = false;
    boolean overrun = false;
    boolean joins = false;
    synchronized (lock) {
      if (ended || dropped) {
        return;
      }
      long waiting = queue.size();
      overrun = waiting > (long) CAP * budget.mark(highWater);
      try {
        if (!overrun) {
          joins = waiting == 0 && target != null && flows(frame);
          waits = writeOrQueue(frame, waiting == 0 && !joins) && waiting == 0 && target != null;
        }
      } catch (IOException e) {
        failure = e;
        failed = e;
      }
      stopIfOverMark();
    }
    if (failed != null) {
      bound(owner).writeFailed(failed);
    } else if (overrun) {
      bound(owner).overrun();
    } else if (waits && !brake.isHeld()) {
      if (joins) {
        bound(owner).wantsFlush();
      } else {
        bound(owner).wantsWrite();
      }
    }
    pullLever();
  }

  /** Whether more is likely to be right behind this frame, and another thread to write it. */
  private boolean flows(ByteBuffer frame) {
    if (frame.remaining() > JOIN || bound(owner).flushesHere()) {
      return false;
    }
    long now = System.nanoTime();
    boolean flows = now - lastMove < FLOW_NANOS;
    lastMove = now;
    return flows;
  }

  /** Whether something of the frame had to be queued. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private boolean writeOrQueue(ByteBuffer frame, boolean nothingWaits) throws IOException {
    int length = frame.remaining();
    total = total + length;
    if (nothingWaits && target != null && !brake.isHeld()) {
      writeInSteps(frame, target);
    }
    if (nothingWaits) {
      lastMove = System.nanoTime();
    }
    if (!frame.hasRemaining()) {
      return false;
    }
    queue.put(frame, budget.mark(highWater));
    return true;
  }

  /**
   * Not all at once: the JDK keeps, on each thread for ever, a direct buffer as large as the
   * largest heap buffer that it wrote.
   */
  private void writeInSteps(ByteBuffer frame, GatheringByteChannel channel) throws IOException {
    int end = frame.limit();
    boolean whole = true;
    while (whole && frame.position() < end && !brake.isHeld()) {
      frame.limit(Math.min(end, frame.position() + Math.min(STEP, brake.quantum())));
      brake.moved(channel.write(frame));
      whole = !frame.hasRemaining();
    }
    frame.limit(end);
  }

  /** A client that we hold back ourselves is stopped sooner: what waits is not worth the memory. */
  private int mark() {
    int usual = budget.mark(highWater);
    return brake.isHeld() ? Math.min(usual, RelaySettings.LEAST_MARK) : usual;
  }

  private void stopIfOverMark() {
    int mark = mark();
    if (!stop && queue.size() > mark) {
      lowWater = mark / 2;
      stop = true;
      pauses.begin();
    }
  }

  /** The dial is done: what waited goes first. The loop's thread. */
  void connected(GatheringByteChannel channel) {
    synchronized (lock) {
      target = channel;
    }
    flush();
  }

  /**
   * Writes what waits, as much as the target takes. The loop's thread.
   *
   * @return whether nothing waits any more
   */
  boolean flush() {
    IOException failed = null;
    boolean empty;
    boolean nowDrained;
    long stopped = 0;
    try {
      writeQueued();
    } catch (IOException e) {
      failed = e;
    }
    synchronized (lock) {
      if (failed != null) {
        failure = failed;
      }
      // seen here, since a frame may have joined others that have left since
      empty = target == null || queue.isEmpty();
      if (stop && queue.size() <= lowWater) {
        stop = false;
        stopped = pauses.end();
      }
      nowDrained = noteIfDrained();
    }
    pullLever();
    if (stopped > 0) {
      bound(owner).clientGoesOn(stopped);
    }
    if (failed != null) {
      bound(owner).writeFailed(failed);
      return true;
    }
    if (nowDrained) {
      bound(owner).upDrained();
    } else if (!empty && !brake.isHeld()) {
      bound(owner).wantsWrite();
    }
    return empty;
  }

  /** The brake holds nothing any more. The loop's thread. */
  void released() {
    lastMove = System.nanoTime();
    flush();
  }

  /** Outside the lock, so that frames may join meanwhile; what it writes waits until it is gone. */
  private void writeQueued() throws IOException {
    GatheringByteChannel channel = target;
    while (channel != null && !queue.isEmpty() && !brake.isHeld()) {
      ByteBuffer[] views = queue.views(GATHER, brake.quantum());
      if (views.length == 0) {
        return; // dropped just now
      }
      long n = 0;
      try {
        n = channel.write(views);
        if (n > 0) {
          brake.moved(n); // first: once the queue is empty, the container's thread may move some
          lastMove = System.nanoTime();
        }
      } finally {
        queue.consume(n); // nothing too: what a stuck target leaves is lent no more
      }
      if (views[views.length - 1].hasRemaining()) {
        return;
      }
    }
  }

  private boolean noteIfDrained() {
    if (ended && !drained && !dropped && target != null && queue.isEmpty()) {
      drained = true;
      return true;
    }
    return false;
  }

  /** No more comes from the client: tell the owner once everything has been written. Any thread. */
  void end() {
    boolean nowDrained;
    synchronized (lock) {
      ended = true;
      nowDrained = noteIfDrained();
    }
    if (nowDrained) {
      bound(owner).upDrained();
    }
  }

  /** Drops what waits, for ever, and lets the client go on. Any thread. */
  public void drop() {
    synchronized (lock) {
      dropped = true;
      queue.drop();
      stop = false;
      pauses.end();
    }
    pullLever();
  }

  /**
   * Makes the port what {@link #stop} says. Outside the lock, by one thread at a time; a change
   * that comes meanwhile is seen by the one at it, so a pause never overtakes its resume.
   */
  private void pullLever() {
    if (stop == applied && lever.get() == 0) {
      return;
    }
    if (lever.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      boolean wanted = stop;
      if (wanted != applied) {
        applied = wanted;
        if (wanted) {
          bound(port).pauseReceiving();
        } else {
          bound(port).resumeReceiving();
        }
      }
      seen = lever.addAndGet(-seen);
    } while (seen != 0);
  }

  /**
   * Why the target took no more; null while it does. Waits for a write under way: the error that it
   * meets is not met again by the read that comes after it.
   */
  @Nullable IOException failure() {
    synchronized (lock) {
      return failure;
    }
  }

  /** Bytes waiting for the target. */
  long buffered() {
    return queue.size();
  }

  /** Bytes taken from the client so far. */
  long total() {
    return total;
  }

  /** When a byte last left, or began to wait; by the monotonic clock. */
  long lastMove() {
    return lastMove;
  }

  /** Whether the client has been told to stop. */
  boolean isStopped() {
    return stop;
  }

  Brake brake() {
    return brake;
  }

  PauseClock pauses() {
    return pauses;
  }

  private static <T> T bound(@Nullable T end) {
    if (end == null) {
      throw new IllegalStateException("not bound yet");
    }
    return end;
  }
}
