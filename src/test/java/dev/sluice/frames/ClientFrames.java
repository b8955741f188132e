package dev.sluice.frames;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client's bytes, right or wrong, frame after frame. */
public final class ClientFrames {

  static final int FIN = 0x80;
  private static final byte[] KEY = {(byte) 0x9b, 0x37, (byte) 0xe4, 0x5d};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] hex(String digits) {
    String plain = digits.replace(" ", "");
    byte[] result = new byte[plain.length() / 2];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) Integer.parseInt(plain, 2 * i, 2 * i + 2, 16);
    }
    return result;
  }

  /** {@code length} bytes that repeat late and at no round number. */
  public static byte[] pattern(int length) {
    byte[] result = new byte[length];
    for (int i = 0; i < length; i++) {
      result[i] = (byte) (i % 251 ^ i >> 13);
    }
    return result;
  }

  public ClientFrames binary(byte[] payload) {
    return frame(FIN | Opcode.BINARY, payload);
  }

  public ClientFrames text(String payload) {
    return frame(FIN | Opcode.TEXT, utf8(payload));
  }

  public ClientFrames ping(byte[] payload) {
    return frame(FIN | Opcode.PING, payload);
  }

  public ClientFrames pong(byte[] payload) {
    return frame(FIN | Opcode.PONG, payload);
  }

  public ClientFrames close(byte[] payload) {
    return frame(FIN | Opcode.CLOSE, payload);
  }

  public ClientFrames close(int code, String reason) {
    byte[] text = utf8(reason);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return close(payload);
  }

  /** A frame whose first byte is {@code first} and whose length is encoded as it should be. */
  public ClientFrames frame(int first, byte[] payload) {
    return frame(
        first, payload, payload.length <= 125 ? 0 : payload.length <= 0xffff ? Short.BYTES : 8);
  }

  /** A frame with {@code lengthBytes} (0, 2 or 8) of extended length. */
  public ClientFrames frame(int first, byte[] payload, int lengthBytes) {
    header(first, payload.length, lengthBytes);
    for (int i = 0; i < payload.length; i++) {
      bytes.write(payload[i] ^ KEY[i & 3]);
    }
    return this;
  }

  /** Only the header of a frame. */
  public ClientFrames header(int first, long length, int lengthBytes) {
    bytes.write(first);
    bytes.write(FIN | (int) (lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127));
    for (int i = lengthBytes - 1; i >= 0; i--) {
      bytes.write((int) (length >> (8 * i)));
    }
    bytes.writeBytes(KEY);
    return this;
  }

  /** {@code payload} as one message in frames of {@code size} bytes. */
  public ClientFrames fragmented(int opcode, byte[] payload, int size) {
    for (int at = 0; at == 0 || at < payload.length; at += size) {
      int end = Math.min(at + size, payload.length);
      int first = (at == 0 ? opcode : 0) | (end == payload.length ? FIN : 0);
      frame(first, Arrays.copyOfRange(payload, at, end));
    }
    return this;
  }

  public ClientFrames raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
