package dev.sluice.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The gate: target to WebSocket. Its counter is what is queued plus what the container has been
 * handed and has not completed; while that is strictly over the mark the target is not read, and
 * the completion that takes it to half the mark opens the gate again.
 *
 * <p>{@link #fill} runs on the loop's thread. Completions come on any thread, also inside the send
 * itself: they count work in, and whoever is already sending goes round once more, so the stack
 * never grows and there is never more than one send outstanding.
 */
public final class Downstream {

  /** The relay that owns this direction. Told on any thread, never under a lock. */
  interface Owner {
    /** The gate has opened after so many nanoseconds: read the target again. */
    void gateOpened(long nanos);

    /** After {@link #end}: everything has been sent. Once. */
    void downDrained();

    /** A send failed. */
    void sendFailed();
  }

  private final ChunkPool pool;
  private final ByteQueue queue;
  private final MemoryBudget budget;
  private final int highWater;
  private final int maxMessage;
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicBoolean drained = new AtomicBoolean();
  private final PauseClock pauses = new PauseClock();
  private final Brake brake = new Brake();
  private volatile boolean sending;

  /** Bytes of a message that the port has begun to send: they are the next one by themselves. */
  private volatile int owed;

  private volatile boolean ended;
  private volatile boolean dropped;
  private volatile int lowWater;
  private volatile long lastMove = System.nanoTime();
  private volatile long total;
  private @Nullable WebSocketPort port;
  private @Nullable Owner owner;

  /** A gate of its own for one tunnel, with the marks of {@code settings}. */
  public Downstream(ChunkPool pool, RelaySettings settings) {
    this.queue = new ByteQueue(pool);
    this.budget = pool.budget();
    this.highWater = settings.highWater();
    this.maxMessage = settings.maxMessage();
    this.pool = pool;
  }

  /** Binds the two ends, before anything flows. */
  void bind(WebSocketPort boundPort, Owner boundOwner) {
    this.port = boundPort;
    this.owner = boundOwner;
  }

  /**
   * One read of the target, handed on to the WebSocket. The loop's thread; not while {@link
   * #mustWait}.
   *
   * @param passage a buffer to pass bytes through while none waits
   * @return what the channel returned: bytes, zero, or -1 at its end
   */
  int fill(ReadableByteChannel target, ByteBuffer passage) throws IOException {
    if (!sending && !dropped && queue.isEmpty() && bound(port).canSendNow()) {
      return pass(target, passage);
    }
    return queue(target);
  }

  /** The usual case: what has been read leaves from where it was read to. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop's thread
  private int pass(ReadableByteChannel target, ByteBuffer passage) throws IOException {
    passage.clear().limit(Math.min(passage.capacity(), longestPass()));
    int n = target.read(passage);
    if (n > 0) {
      total = total + n;
      lastMove = System.nanoTime();
      bound(port).sendNow(passage.flip());
      int left = passage.remaining();
      if (left < n) {
        brake.moved(n);
      }
      if (left > 0) {
        owed = left < n ? left : 0;
        queue.putTogether(passage);
        drain();
      }
    }
    return n;
  }

  /** All of it may have to be kept, in one chunk: no more than the mark has room for. */
  private int longestPass() {
    int kept = pool.largest(budget.mark(highWater) + ByteQueue.SLACK);
    return Math.min(Math.min(maxMessage, kept), brake.quantum());
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the loop's thread
  private int queue(ReadableByteChannel target) throws IOException {
    boolean wasEmpty = queue.isEmpty();
    ByteBuffer room = queue.beginFill(budget.mark(highWater));
    room.limit(room.position() + Math.min(room.remaining(), brake.quantum()));
    int n = 0;
    try {
      n = target.read(room);
    } finally {
      queue.endFill(n);
    }
    if (n > 0) {
      if (wasEmpty) {
        lastMove = System.nanoTime();
      }
      total = total + n;
      drain();
    }
    return n;
  }

  /** The mark as the node's budget has it now. */
  int mark() {
    return budget.mark(highWater);
  }

  /** Whether the counter is over the mark. */
  boolean isOverMark() {
    return queue.size() > mark();
  }

  /** Whether the target is not to be read for now. */
  boolean mustWait() {
    return isOverMark() || brake.isHeld();
  }

  /**
   * Shuts the gate, the target's reads having been stopped. The loop's thread. A completion that
   * got in between opens it again at once.
   */
  void shut() {
    lowWater = budget.mark(highWater) / 2;
    pauses.begin();
    openIfLow();
  }

  private void openIfLow() {
    if (pauses.isStopped() && !brake.isHeld() && queue.size() <= lowWater) {
      long nanos = pauses.end();
      if (nanos > 0) {
        bound(owner).gateOpened(nanos);
      }
    }
  }

  /** The brake holds nothing any more. The loop's thread. */
  void released() {
    lastMove = System.nanoTime();
    drain();
    openIfLow();
  }

  /** No more comes from the target: tell the owner once everything has been sent. Any thread. */
  void end() {
    ended = true;
    drain();
  }

  /** Drops what is queued, for ever. Any thread. */
  public void drop() {
    dropped = true;
    pauses.end();
    queue.drop();
  }

  private void drain() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      sendNext();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void sendNext() {
    int begun = owed;
    if (sending || dropped || (begun == 0 && brake.isHeld())) {
      return;
    }
    int most = begun > 0 ? begun : Math.min(maxMessage, brake.quantum());
    ByteBuffer message = queue.first(most);
    if (message == null) {
      if (ended && drained.compareAndSet(false, true)) {
        bound(owner).downDrained();
      }
      return;
    }
    owed = 0;
    sending = true;
    Send send = new Send(message.remaining());
    if (begun == 0) {
      // what has been begun was paid for as a whole
      brake.moved(message.remaining());
    }
    try {
      bound(port).send(message, send);
    } catch (RuntimeException e) {
      send.completed(false);
    }
  }

  /** Bytes queued and in flight. */
  long buffered() {
    return queue.size();
  }

  /** Bytes read from the target so far. */
  long total() {
    return total;
  }

  /** When a byte last left, or began to wait; by the monotonic clock. */
  long lastMove() {
    return lastMove;
  }

  /** Whether the container has a message of which it has not said that it is done with it. */
  boolean isSending() {
    return sending;
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

  /** The one send outstanding. Containers call back twice, or from inside the send. */
  private final class Send extends AtomicBoolean implements WebSocketPort.SendCompletion {
    private static final long serialVersionUID = 1L;
    private final int bytes;

    private Send(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public void completed(boolean sent) {
      if (!compareAndSet(false, true)) {
        return;
      }
      if (!sent) {
        bound(owner).sendFailed();
        return;
      }
      queue.consume(bytes);
      lastMove = System.nanoTime();
      sending = false;
      openIfLow();
      drain();
    }
  }
}
