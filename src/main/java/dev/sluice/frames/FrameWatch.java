package dev.sluice.frames;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Watches a client's frames (RFC 6455 §5) on their way to another engine, which may take more than
 * is good for it: looks at headers, skips payload, changes nothing.
 *
 * <p>One thread at a time.
 */
public final class FrameWatch {

  private final MessageState message;
  private final ControlRate rate;
  private final FrameHeader header = new FrameHeader();
  private boolean inPayload;
  private long left;

  /**
   * A watch over one connection, from the first byte after the opening handshake.
   *
   * @param clock monotonic, nanoseconds: {@code System::nanoTime}
   */
  public FrameWatch(FrameLimits limits, LongSupplier clock) {
    this.rate = new ControlRate(limits, clock);
    this.message = new MessageState(limits, rate);
  }

  /**
   * Looks at all the remaining bytes; the position ends at the limit.
   *
   * @throws ProtocolViolation when the connection has to be failed; what came before is in order
   */
  public void look(ByteBuffer bytes) throws ProtocolViolation {
    while (bytes.hasRemaining()) {
      if (!inPayload) {
        if (!header.take(bytes)) {
          return;
        }
        begin();
      }
      int length = (int) Math.min(left, bytes.remaining());
      bytes.position(bytes.position() + length);
      left -= length;
      if (left == 0) {
        end();
      }
    }
  }

  private void begin() throws ProtocolViolation {
    inPayload = true;
    left = header.length();
    if (Opcode.isControl(header.opcode())) {
      rate.takeFor(header.opcode());
    } else {
      message.begin(header.opcode(), left);
    }
  }

  private void end() {
    inPayload = false;
    if (!Opcode.isControl(header.opcode())) {
      message.endUnread(header.isLast());
    }
  }
}
