package dev.sluice.bench.load;

import java.nio.ByteBuffer;

/** Frames of a client (RFC 6455 §5.2), masked, made before they are needed. */
public final class ClientFrames {

  public static final int CONTINUATION = 0;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /** Of the longest header that a client writes. */
  static final int MOST_HEADER = 14;

  /** Any key but zero will do for a payload that nobody attacks. */
  private static final int KEY = 0x5A3C96E1;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  private ClientFrames() {}

  /** Bytes of the header before a payload of {@code length} bytes. */
  static int header(int length) {
    if (length < 126) {
      return 6;
    }
    return length < 65_536 ? 8 : MOST_HEADER;
  }

  /** Appends one whole message of {@code payload}'s remaining bytes. */
  static void put(ByteBuffer out, int opcode, ByteBuffer payload) {
    put(out, FIN | opcode, payload, payload.remaining());
  }

  private static void put(ByteBuffer out, int first, ByteBuffer payload, int length) {
    out.put((byte) first);
    if (length < 126) {
      out.put((byte) (MASKED | length));
    } else if (length < 65_536) {
      out.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      out.put((byte) (MASKED | 127)).putLong(length);
    }
    out.putInt(KEY);
    for (int i = 0; payload.hasRemaining(); i++) {
      out.put((byte) (payload.get() ^ KEY >>> (24 - (i & 3) * 8)));
    }
  }

  /** A close frame with a code; negative: with none. */
  static ByteBuffer close(int code) {
    ByteBuffer payload = ByteBuffer.allocate(2);
    payload = code < 0 ? payload.limit(0) : payload.putShort((short) code).flip();
    return control(CLOSE, payload);
  }

  /** A control frame around {@code payload}, or a short message of its remaining bytes. */
  public static ByteBuffer control(int opcode, ByteBuffer payload) {
    return frame(FIN | opcode, payload);
  }

  /** A frame of at most 125 bytes that leaves its message unfinished. */
  public static ByteBuffer unfinished(int opcode, ByteBuffer payload) {
    return frame(opcode, payload);
  }

  private static ByteBuffer frame(int first, ByteBuffer payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.remaining() + 6);
    put(frame, first, payload, payload.remaining());
    return frame.flip();
  }
}
