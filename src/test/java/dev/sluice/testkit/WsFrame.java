package dev.sluice.testkit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One frame as it came from the server (RFC 6455 §5.2).
 *
 * @param reserved the three reserved bits, zero unless an extension was negotiated
 */
@SuppressWarnings("ArrayRecordComponent") // frames are read, never compared
public record WsFrame(boolean fin, int reserved, int opcode, byte[] payload) {

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final long MOST = 64L << 20;

  /** Whether it carries data rather than control. */
  public boolean isData() {
    return opcode <= BINARY;
  }

  /** Reads the next frame; {@link EOFException} when the stream ends before or inside it. */
  static WsFrame read(DataInputStream in) throws IOException {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      throw new IOException("the server masked a frame (RFC 6455 §5.1)");
    }
    long length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    if (length < 0 || length > MOST) {
      throw new IOException("frame of " + length + " bytes");
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return new WsFrame((first & 0x80) != 0, (first >> 4) & 7, first & 15, payload);
  }

  /** What a close frame says. */
  Close close() {
    if (payload.length < 2) {
      return new Close(1005, "");
    }
    int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    return new Close(code, new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
  }

  /**
   * How a WebSocket ended.
   *
   * @param code of the close frame; 1005 when it had none, 1006 when there was no close frame
   * @param reason of the close frame, or how the stream ended
   */
  public record Close(int code, String reason) {}
}
