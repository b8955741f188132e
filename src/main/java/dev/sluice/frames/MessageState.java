package dev.sluice.frames;

import static dev.sluice.frames.ProtocolViolation.protocol;

import java.nio.ByteBuffer;

/** Where a connection is between and within messages (RFC 6455 §5.4). */
final class MessageState {

  /** So many bytes of payload make up for the frame that brought them. */
  private static final int BYTES_PER_FRAGMENT = 16;

  private final int maxFragments;
  private final ControlRate rate;
  private final Utf8 utf8 = new Utf8();
  private boolean open;
  private boolean text;
  private long fragments;
  private long carried;
  private boolean lastWasEmpty;

  MessageState(FrameLimits limits, ControlRate rate) {
    this.maxFragments = limits.fragmentsPerMessage();
    this.rate = rate;
  }

  static ProtocolViolation notUtf8() {
    return new ProtocolViolation(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
  }

  /** A data frame's header has been read. */
  void begin(int opcode, long length) throws ProtocolViolation {
    if (opcode != Opcode.CONTINUATION) {
      start(opcode);
    } else if (!open) {
      throw protocol("continuation of nothing");
    } else if (++fragments - carried / BYTES_PER_FRAGMENT > maxFragments) {
      throw new ProtocolViolation(CloseCode.TOO_BIG, "too many fragments");
    }
    carried += length; // what a frame declares has come before the next one: never 2^63
    if (length > 0) {
      lastWasEmpty = false;
    } else {
      empty();
    }
  }

  private void start(int opcode) throws ProtocolViolation {
    if (open) {
      throw protocol("message within a message");
    }
    open = true;
    text = opcode == Opcode.TEXT;
    fragments = 1;
    carried = 0;
  }

  /**
   * A single empty frame is common: libraries end a message with one. One after another carries
   * nothing for nobody and is counted like a ping.
   */
  private void empty() throws ProtocolViolation {
    if (lastWasEmpty && !rate.take()) {
      throw new ProtocolViolation(CloseCode.POLICY_VIOLATION, "too many empty frames");
    }
    lastWasEmpty = true;
  }

  /** The index of the first byte that the message cannot have there, or {@code to}. */
  int check(ByteBuffer plain, int from, int to) {
    return text ? utf8.check(plain, from, to) : to;
  }

  /** The frame's payload is complete. */
  void end(boolean last) throws ProtocolViolation {
    endUnread(last);
    if (last && text && !utf8.isComplete()) {
      throw notUtf8();
    }
  }

  /** The same, its bytes not having been checked. */
  void endUnread(boolean last) {
    open &= !last;
  }
}
