package dev.sluice.frames;

import static dev.sluice.frames.ProtocolViolation.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Collects the payload of a control frame (RFC 6455 §5.5): at most 125 bytes, copied. */
final class ControlFrame {

  static final int MAX_PAYLOAD = 125;

  /** Of an idle tunnel's pongs, which are empty. */
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final FrameHandler handler;
  private final ControlRate rate;
  private ByteBuffer payload = EMPTY;
  private int opcode;

  ControlFrame(FrameHandler handler, ControlRate rate) {
    this.handler = handler;
    this.rate = rate;
  }

  /** A header has been read. */
  void begin(int frameOpcode, int length) throws ProtocolViolation {
    rate.takeFor(frameOpcode);
    opcode = frameOpcode;
    if (length > payload.capacity()) {
      payload = ByteBuffer.allocate(MAX_PAYLOAD);
    }
    payload.clear();
  }

  /** Takes {@code length} masked bytes; the key for the next ones. */
  int take(ByteBuffer bytes, int length, int key) {
    int at = payload.position();
    payload.put(at, bytes, bytes.position(), length).position(at + length);
    bytes.position(bytes.position() + length);
    return Mask.apply(payload, at, at, length, key);
  }

  /** The payload is complete: tells the handler. */
  void end() throws ProtocolViolation {
    payload.flip();
    switch (opcode) {
      case Opcode.PING -> handler.ping(payload);
      case Opcode.PONG -> handler.pong(payload);
      default -> close();
    }
  }

  private void close() throws ProtocolViolation {
    if (payload.hasRemaining()) {
      checkClose();
      handler.close(code(), StandardCharsets.UTF_8.decode(payload.position(2)).toString());
    } else {
      handler.close(CloseCode.NONE, "");
    }
  }

  /** What a close frame may carry (§5.5.1, §7.4). */
  private void checkClose() throws ProtocolViolation {
    if (payload.limit() == 1) {
      throw protocol("close code cut short");
    }
    if (!CloseCode.isSendable(code())) {
      throw protocol("invalid close code");
    }
    Utf8 reason = new Utf8();
    if (reason.check(payload, 2, payload.limit()) < payload.limit() || !reason.isComplete()) {
      throw new ProtocolViolation(CloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
    }
  }

  private int code() {
    return (payload.get(0) & 0xff) << 8 | (payload.get(1) & 0xff);
  }
}
