package dev.sluice.frames.stream;

import dev.sluice.frames.FrameWriter;
import dev.sluice.frames.PendingPong;
import dev.sluice.relay.WebSocketPort.SendCompletion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way out: one frame after the other, whole, on whichever thread has something to send or hears
 * that there is room again. Holds at most one message, one ping, one pong and the close frame.
 *
 * <p>Work is counted in, and whoever is writing already goes round once more: completions may send
 * from inside, and the stack never grows.
 */
final class FrameSink {

  /** The port that owns this direction. On the thread that writes, never under a lock. */
  interface Owner {
    /** The close frame has left; nothing will follow it. */
    void closeSent();

    /** Writing failed. */
    void writeFailed(Exception why);
  }

  private record Message(ByteBuffer payload, SendCompletion completion) {}

  private record Closing(int code, String reason) {}

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteStream stream;
  private final Owner owner;
  private final PendingPong pong = new PendingPong();
  private final AtomicInteger work = new AtomicInteger();
  private final ByteBuffer header = ByteBuffer.allocate(FrameWriter.HEAD_ROOM);

  /** What waits for its turn; each is set by one thread and taken by the one that writes. */
  private volatile @Nullable Message message;

  private volatile @Nullable ByteBuffer ping;
  private volatile @Nullable Closing closing;

  /** For the stream to say that there is room, first at its start. */
  private volatile boolean waiting = true;

  private volatile boolean broken;

  /** The client has said that it wants no more: what is left for it counts as sent. */
  private volatile boolean unwanted;

  /** Of the thread that writes. */
  private boolean inFrame;

  private ByteBuffer head = NOTHING;
  private ByteBuffer body = NOTHING;
  private @Nullable SendCompletion inFlight;
  private boolean closeWritten;

  /** Whether the next message is the rest of a frame whose header has been made. */
  private boolean owed;

  FrameSink(ByteStream stream, Owner owner) {
    this.stream = stream;
    this.owner = owner;
  }

  /** Sends a message; the one before must be completed. Any thread. */
  void send(ByteBuffer payload, SendCompletion completion) {
    message = new Message(payload, completion);
    write();
  }

  /** Whether {@link #sendNow} would write. The thread that would. */
  boolean canSendNow() {
    return !waiting && !broken && closing == null && work.get() == 0;
  }

  /**
   * Sends a message as far as the stream takes it now. What is left of one that was taken in part
   * is the next that is to be {@linkplain #send sent}.
   */
  void sendNow(ByteBuffer payload) {
    if (!work.compareAndSet(0, 1)) {
      return;
    }
    if (!inFrame && !owed && !waiting && !broken && closing == null) {
      writeThrough(payload);
    }
    writeOn();
  }

  private void writeThrough(ByteBuffer payload) {
    int size = payload.remaining();
    ByteBuffer first = FrameWriter.binaryHeader(header, size);
    waiting = true;
    try {
      if (stream.write(first, payload)) {
        waiting = false;
      } else {
        owed = payload.hasRemaining();
        inFrame = !owed;
        head = first;
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  /**
   * Sends a ping, in the place of one that still waits. Any thread.
   *
   * @return false when nothing can be sent any more
   */
  boolean ping(long id) {
    if (broken || closing != null) {
      return false;
    }
    ping = ByteBuffer.allocate(Long.BYTES).putLong(0, id);
    write();
    return !broken;
  }

  /** Answers a client's ping. The thread that reads. */
  void pong(ByteBuffer payload) {
    if (pong.answer(payload)) {
      write();
    }
  }

  /** Sends the close frame after what is in flight; only the first one counts. Any thread. */
  void close(int code, String reason) {
    synchronized (this) {
      if (closing != null) {
        return;
      }
      closing = new Closing(code, reason);
    }
    write();
  }

  /** The stream has room again. */
  void writable() {
    waiting = false;
    write();
  }

  /** The client has closed: messages that have not left need not. Any thread. */
  void dropMessages() {
    unwanted = true;
  }

  /** The connection is gone: who waits for a completion gets it. Any thread. */
  void fail() {
    broken = true;
    waiting = false;
    write();
  }

  private void write() {
    if (work.getAndIncrement() == 0) {
      writeOn();
    }
  }

  private void writeOn() {
    int seen = 1;
    do {
      try {
        writeFrames();
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void fail(Exception why) {
    broken = true;
    endMessages();
    owner.writeFailed(why);
  }

  private void writeFrames() throws IOException {
    while (!broken && !waiting && (inFrame || next())) {
      waiting = true;
      if (stream.write(head, body)) {
        waiting = false;
        written();
      }
    }
    if (broken || closeWritten) {
      endMessages();
    }
  }

  /** Makes the next frame ready; false when nothing is to be sent. Control frames go first. */
  private boolean next() {
    if (closeWritten) {
      return false;
    }
    if (owed) {
      return takeMessage();
    }
    ByteBuffer pinged = ping;
    Closing end = closing;
    if (pong.waits()) {
      ByteBuffer frame = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);
      pong.moveTo(frame);
      begin(frame.flip(), NOTHING);
    } else if (pinged != null) {
      ping = null;
      ByteBuffer frame = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);
      FrameWriter.ping(frame, pinged);
      begin(frame.flip(), NOTHING);
    } else if (end != null) {
      closeWritten = true;
      ByteBuffer frame = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);
      FrameWriter.close(frame, end.code(), end.reason());
      begin(frame.flip(), NOTHING);
    } else {
      return takeMessage();
    }
    return true;
  }

  private boolean takeMessage() {
    Message queued = message;
    if (queued == null) {
      return false;
    }
    message = null;
    inFlight = queued.completion();
    ByteBuffer payload = queued.payload();
    begin(owed ? head : FrameWriter.binaryHeader(header, payload.remaining()), payload);
    owed = false;
    return true;
  }

  private void begin(ByteBuffer first, ByteBuffer second) {
    head = first;
    body = second;
    inFrame = true;
  }

  private void written() {
    inFrame = false;
    head = NOTHING;
    body = NOTHING;
    SendCompletion sent = inFlight;
    inFlight = null;
    if (sent != null) {
      sent.completed(true);
    } else if (closeWritten) {
      owner.closeSent();
    }
  }

  /** After the close frame or a failure no message can be sent any more. */
  private void endMessages() {
    if (broken) {
      inFrame = false;
      complete(inFlight, unwanted);
      inFlight = null;
    }
    Message queued = message;
    message = null;
    complete(queued == null ? null : queued.completion(), unwanted);
  }

  private static void complete(@Nullable SendCompletion completion, boolean sent) {
    if (completion != null) {
      completion.completed(sent);
    }
  }
}
