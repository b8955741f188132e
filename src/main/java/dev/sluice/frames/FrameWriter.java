package dev.sluice.frames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a server's frames: final, never masked (RFC 6455 §5.1, §5.2). Header and payload can
 * leave in one write in two ways: as a gathering write of {@link #binaryHeader} and the payload, or
 * as one piece after {@link #prependBinaryHeader}.
 *
 * <p>No state; any thread.
 */
public final class FrameWriter {

  /** The longest header, in bytes: room to leave before a payload. */
  public static final int HEAD_ROOM = 10;

  /** The longest control frame, in bytes. */
  public static final int CONTROL_FRAME = 2 + ControlFrame.MAX_PAYLOAD;

  private static final int FIN = 0x80;
  private static final int MAX_REASON = ControlFrame.MAX_PAYLOAD - 2;

  private FrameWriter() {}

  /** How long the header of a frame with so much payload is: 2, 4 or 10 bytes. */
  public static int headerLength(long payloadLength) {
    return payloadLength <= 125 ? 2 : payloadLength <= 0xffff ? 4 : HEAD_ROOM;
  }

  /**
   * The header of a whole binary message.
   *
   * @param head a buffer to use again and again, of {@link #HEAD_ROOM}; its content is replaced
   * @return {@code head}, ready to be written
   */
  public static ByteBuffer binaryHeader(ByteBuffer head, long payloadLength) {
    int size = headerLength(payloadLength);
    put(head.clear(), 0, Opcode.BINARY, payloadLength);
    return head.limit(size);
  }

  /**
   * Puts the header of a whole binary message right before the payload, whose position it moves
   * back so that frame and buffer are one.
   *
   * @param payload a message from position to limit; {@link #HEAD_ROOM} before its position always
   *     suffices
   * @return {@code payload}
   * @throws IllegalArgumentException when there is less room than the header takes
   */
  public static ByteBuffer prependBinaryHeader(ByteBuffer payload) {
    int start = payload.position() - headerLength(payload.remaining());
    if (start < 0) {
      throw new IllegalArgumentException("no room for a header before " + payload);
    }
    put(payload, start, Opcode.BINARY, payload.remaining());
    return payload.position(start);
  }

  /**
   * Appends a ping (§5.5.2).
   *
   * @param payload what the pong will carry, at most 125 bytes; consumed
   */
  public static void ping(ByteBuffer target, ByteBuffer payload) {
    control(target, Opcode.PING, payload);
  }

  /** Appends a pong (§5.5.3) with the payload of the ping; that is consumed. */
  public static void pong(ByteBuffer target, ByteBuffer payload) {
    control(target, Opcode.PONG, payload);
  }

  /**
   * Appends a close frame (§5.5.1).
   *
   * @param code {@link CloseCode#NONE} for a frame without code and reason
   * @param reason cut, between two code points, to what fits: 123 bytes
   * @throws IllegalArgumentException when the code must not be sent
   */
  public static void close(ByteBuffer target, int code, String reason) {
    if (code == CloseCode.NONE) {
      control(target, Opcode.CLOSE, ByteBuffer.allocate(0));
      return;
    }
    if (!CloseCode.isSendable(code)) {
      throw new IllegalArgumentException("close code " + code);
    }
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int length = cut(text);
    ByteBuffer payload = ByteBuffer.allocate(2 + length);
    payload.put((byte) (code >> 8)).put((byte) code).put(text, 0, length).flip();
    control(target, Opcode.CLOSE, payload);
  }

  private static int cut(byte[] text) {
    int length = text.length;
    if (length > MAX_REASON) {
      length = MAX_REASON;
      while ((text[length] & 0xc0) == 0x80) {
        length--;
      }
    }
    return length;
  }

  private static void control(ByteBuffer target, int opcode, ByteBuffer payload) {
    int length = payload.remaining();
    if (length > ControlFrame.MAX_PAYLOAD) {
      throw new IllegalArgumentException("control frame of " + length + " bytes");
    }
    target.put((byte) (FIN | opcode)).put((byte) length).put(payload);
  }

  /** Byte by byte, because the buffer's order is its owner's. */
  private static void put(ByteBuffer target, int at, int opcode, long length) {
    int size = headerLength(length);
    target.put(at, (byte) (FIN | opcode));
    target.put(at + 1, (byte) (size == 2 ? length : size == 4 ? 126 : 127));
    for (int i = size - 1, shift = 0; i > 1; i--, shift += Byte.SIZE) {
      target.put(at + i, (byte) (length >> shift));
    }
  }
}
