package dev.sluice.bench.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Reads the headers of a server's frames (RFC 6455 §5.2) and passes over what is between them. What
 * a server must not send is an error: masks, reserved bits, unknown opcodes, long or fragmented
 * control frames.
 */
final class FrameSkimmer {

  /** Is told of what comes, in order. */
  interface Listener {
    /** So many bytes of data lie in {@code bytes} from {@code from} on. */
    void data(ByteBuffer bytes, int from, int length);

    /** A whole control frame; {@code payload} is the listener's to keep. */
    void control(int opcode, ByteBuffer payload);
  }

  private static final int MOST_HEADER = 10;
  private static final int MOST_CONTROL = 125;

  private final Listener listener;
  private final byte[] header = new byte[MOST_HEADER];
  private int headerBytes;
  private int opcode;
  private long rest;
  private boolean inPayload;
  private ByteBuffer control = ByteBuffer.allocate(0);
  private long frames;

  FrameSkimmer(Listener listener) {
    this.listener = listener;
  }

  /** Frames of data that began so far. */
  long frames() {
    return frames;
  }

  /** Takes all that remains in {@code in}. */
  void accept(ByteBuffer in) throws ProtocolException {
    while (in.hasRemaining()) {
      if (inPayload) {
        payload(in);
      } else {
        header[headerBytes++] = in.get();
        if (headerBytes >= 2 && headerBytes == headerLength()) {
          begin();
        }
      }
    }
  }

  private int headerLength() {
    return switch (header[1] & 0x7F) {
      case 126 -> 4;
      case 127 -> MOST_HEADER;
      default -> 2;
    };
  }

  private void begin() throws ProtocolException {
    opcode = header[0] & 0x0F;
    rest = length();
    headerBytes = 0;
    boolean isControl = opcode >= ClientFrames.CLOSE;
    if ((header[1] & 0x80) != 0 || (header[0] & 0x70) != 0) {
      throw new ProtocolException("masked frame or reserved bits from the server");
    }
    if (isControl ? opcode > ClientFrames.PONG : opcode > ClientFrames.BINARY) {
      throw new ProtocolException("opcode " + opcode + " from the server");
    }
    if (isControl) {
      if (rest > MOST_CONTROL || (header[0] & 0x80) == 0) {
        throw new ProtocolException("control frame of " + rest + " bytes or in fragments");
      }
      control = ByteBuffer.allocate((int) rest);
    } else {
      frames++;
    }
    inPayload = rest > 0;
    if (isControl && rest == 0) {
      listener.control(opcode, control);
    }
  }

  private long length() {
    int bytes = headerLength() - 2;
    if (bytes == 0) {
      return header[1] & 0x7F;
    }
    long length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | (header[2 + i] & 0xFF);
    }
    return length;
  }

  private void payload(ByteBuffer in) {
    int from = in.position();
    int length = (int) Math.min(in.remaining(), rest);
    in.position(from + length);
    rest -= length;
    inPayload = rest > 0;
    if (opcode < ClientFrames.CLOSE) {
      listener.data(in, from, length);
      return;
    }
    control.put(in.duplicate().position(from).limit(from + length));
    if (rest == 0) {
      listener.control(opcode, control.flip());
    }
  }
}
