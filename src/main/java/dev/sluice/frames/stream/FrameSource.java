package dev.sluice.frames.stream;

import dev.sluice.frames.FrameHandler;
import dev.sluice.frames.FrameLimits;
import dev.sluice.frames.FrameReader;
import dev.sluice.frames.ProtocolViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way in: reads the stream for as long as nobody has said stop, and has the frames read. A
 * paused source makes no call and holds no thread and no buffer; the client meets a closed window.
 *
 * <p>Any thread may ask for a read; whoever is reading already goes round once more for it.
 */
final class FrameSource {

  /** The port that owns this direction. On the thread that reads. */
  interface Owner {
    /** How many bytes may be read at once now. */
    int appetite();

    /** The client broke the protocol; nothing more of it will be handed on. */
    void violated(ProtocolViolation violation);

    /** The stream ended, with or without a close frame before. */
    void ended();

    /** Reading failed. */
    void readFailed(Exception why);
  }

  /**
   * Bytes that may come behind a close frame or a violation: more than is under way before a client
   * can know of it. Whoever goes on is not worth the reading; the relay's limit ends that.
   */
  static final int MOST_DROPPED = 16 << 20;

  private final ByteStream stream;
  private final FrameReader reader;
  private final Owner owner;
  private final Portion portion = new Portion();
  private final AtomicInteger work = new AtomicInteger();
  private volatile boolean paused;
  private volatile boolean toTheEnd;
  private boolean ended;
  private int dropped;

  FrameSource(ByteStream stream, FrameHandler handler, FrameLimits limits, Owner owner) {
    this.stream = stream;
    this.reader = new FrameReader(handler, limits, System::nanoTime);
    this.owner = owner;
  }

  void pause() {
    paused = true;
    if (toTheEnd) {
      paused = false;
    }
  }

  void resume() {
    paused = false;
    stream.resumeReads();
  }

  /** From now on nothing stops it: what comes counts no more, but that it ends. Any thread. */
  void readOn() {
    toTheEnd = true;
    resume();
  }

  /** Reads what is there. Any thread. */
  void read() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      if (dropped > MOST_DROPPED) {
        stream.suspendReads(); // somebody has resumed them
      } else if (!ended) {
        turn();
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  /** As many reads as are fair towards other connections. */
  private void turn() {
    ByteBuffer room = stream.takeRoom();
    int frames = 0;
    try {
      for (int i = 0; i < stream.readsInARow() && frames < Portion.FRAMES && !isPaused(); i++) {
        int most = Math.min(owner.appetite(), portion.bytes());
        int n = stream.read(room.clear().limit(Math.min(room.capacity(), most)));
        if (n < 0) {
          end();
          return;
        }
        if (n == 0) {
          return;
        }
        if (reader.isFinished() && (dropped += n) > MOST_DROPPED) {
          stream.suspendReads();
          return;
        }
        frames += hand(room.flip());
      }
      if (!paused) {
        stream.resumeReads();
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
      owner.readFailed(e);
    } finally {
      stream.giveBack(room);
    }
  }

  private void end() {
    ended = true;
    owner.ended();
  }

  /** How many frames it were. */
  private int hand(ByteBuffer bytes) {
    int length = bytes.remaining();
    try {
      int frames = reader.read(bytes);
      portion.took(length, frames);
      return frames;
    } catch (ProtocolViolation violation) {
      owner.violated(violation);
      return 0;
    }
  }

  /** A resume that comes while the stream is being told to stop is not lost. */
  private boolean isPaused() {
    if (!paused) {
      return false;
    }
    stream.suspendReads();
    if (paused) {
      return true;
    }
    stream.resumeReads();
    return false;
  }
}
