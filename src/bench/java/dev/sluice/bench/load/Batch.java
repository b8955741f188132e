package dev.sluice.bench.load;

import java.nio.ByteBuffer;

/**
 * Messages as they cross the wire, made once and written again and again.
 *
 * @param bytes direct; never moved itself, whoever writes it takes a {@link #view}
 * @param payload bytes that reach the target for it
 */
public record Batch(ByteBuffer bytes, int payload) {

  /** About as much as one write is given. */
  private static final int BYTES = 64 << 10;

  /**
   * As many messages of {@code message} bytes as fit into 64 KiB, one at least.
   *
   * @param webSocket whether they are frames; otherwise they are the bare bytes
   */
  public static Batch of(int message, boolean webSocket) {
    int one = message + (webSocket ? ClientFrames.header(message) : 0);
    return of(message, Math.max(1, BYTES / one), webSocket);
  }

  /**
   * As many of one frame, or of whatever these bytes are, as fit into 64 KiB; no payload counts.
   */
  public static Batch repeated(ByteBuffer one) {
    int count = BYTES / one.remaining();
    ByteBuffer bytes = ByteBuffer.allocateDirect(one.remaining() * count);
    for (int i = 0; i < count; i++) {
      bytes.put(one.duplicate());
    }
    return new Batch(bytes.flip(), 0);
  }

  /** Exactly one message. */
  public static Batch single(int message, boolean webSocket) {
    return of(message, 1, webSocket);
  }

  private static Batch of(int message, int count, boolean webSocket) {
    ByteBuffer payload = ByteBuffer.allocate(message);
    Pattern.fill(Pattern.seed(0), 0, payload);
    int one = message + (webSocket ? ClientFrames.header(message) : 0);
    ByteBuffer bytes = ByteBuffer.allocateDirect(one * count);
    for (int i = 0; i < count; i++) {
      payload.flip();
      if (webSocket) {
        ClientFrames.put(bytes, ClientFrames.BINARY, payload);
      } else {
        bytes.put(payload);
      }
    }
    return new Batch(bytes.flip(), message * count);
  }

  /** The same bytes with a position of their own. */
  public ByteBuffer view() {
    return bytes.duplicate();
  }
}
