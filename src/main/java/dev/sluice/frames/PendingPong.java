package dev.sluice.frames;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The one pong that waits to be written: "an endpoint may elect to send a pong frame for only the
 * most recently processed ping frame" (RFC 6455 §5.5.3), so that a client who pings and never reads
 * costs one buffer. Any thread: pings come on one that reads, pongs leave on one that writes.
 */
public final class PendingPong {

  private @Nullable ByteBuffer payload;
  private boolean waits;

  /**
   * Answers a ping; an answer that still waits is forgotten.
   *
   * @param ping the payload, at most 125 bytes; copied, consumed
   * @return true when no answer waited yet: somebody has to write now
   */
  public synchronized boolean answer(ByteBuffer ping) {
    if (payload == null) {
      payload = ByteBuffer.allocate(ControlFrame.MAX_PAYLOAD);
    }
    payload.clear().put(ping).flip();
    boolean first = !waits;
    waits = true;
    return first;
  }

  /** Whether a pong waits. */
  public synchronized boolean waits() {
    return waits;
  }

  /**
   * Moves the pong, if one waits, to a buffer with room for {@link FrameWriter#CONTROL_FRAME}.
   *
   * @return whether one did
   */
  public synchronized boolean moveTo(ByteBuffer target) {
    if (!waits || payload == null) {
      return false;
    }
    waits = false;
    FrameWriter.pong(target, payload);
    return true;
  }
}
