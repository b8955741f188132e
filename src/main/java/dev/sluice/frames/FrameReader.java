package dev.sluice.frames;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Reads a client's frames (RFC 6455 §5) from bytes that come in any pieces: however they are split,
 * the events and the bytes of payload are the same.
 *
 * <p>Payload is unmasked in the buffer it came in and handed on before its frame is complete.
 * Payloads of the frames of one read are brought side by side while they are unmasked, so that they
 * reach the handler as one part, to leave in one write. Nothing is allocated for data frames, and
 * nothing ever by a declared length. Of the bytes read only an unfinished header or control frame
 * is kept: a tunnel at rest needs no read buffer.
 *
 * <p>One thread at a time.
 */
public final class FrameReader {

  private final FrameHandler handler;
  private final MessageState message;
  private final ControlFrame control;
  private final FrameHeader header = new FrameHeader();
  private boolean inPayload;
  private long left;
  private int key;
  private boolean finished;

  /** Frames that began in the buffer that is being read. */
  private int begun;

  /** Where plain payload lies in the buffer that is being read and has not been handed on yet. */
  private int runStart;

  private int runEnd;

  /**
   * A reader for one connection, at the first byte after the opening handshake.
   *
   * @param clock monotonic, nanoseconds: {@code System::nanoTime}
   */
  public FrameReader(FrameHandler handler, FrameLimits limits, LongSupplier clock) {
    ControlRate rate = new ControlRate(limits, clock);
    this.handler = handler;
    this.message = new MessageState(limits, rate);
    this.control = new ControlFrame(handler, rate);
  }

  /**
   * Takes all the remaining bytes. The buffer must be writable; its content between position and
   * limit is changed, the position ends at the limit. What came before a violation is handed on
   * before that is thrown. After the close frame or a violation everything is discarded (§1.4,
   * §7.1.7).
   *
   * @return how many frames began in them, which is what reading them costs
   * @throws ProtocolViolation once at most
   */
  public int read(ByteBuffer bytes) throws ProtocolViolation {
    begun = 0;
    runStart = bytes.position();
    runEnd = runStart;
    try {
      while (bytes.hasRemaining() && !finished) {
        step(bytes);
      }
    } catch (ProtocolViolation e) {
      finished = true;
      deliver(bytes);
      throw e;
    }
    deliver(bytes);
    bytes.position(bytes.limit());
    return begun;
  }

  /** Whether the close frame or a violation has been read, and nothing more will come of it. */
  public boolean isFinished() {
    return finished;
  }

  /** A header, or what there is of it, and then the payload, or what there is of that. */
  private void step(ByteBuffer bytes) throws ProtocolViolation {
    if (!inPayload) {
      if (!header.take(bytes)) {
        return;
      }
      begin();
    }
    int length = (int) Math.min(left, bytes.remaining());
    left -= length;
    if (Opcode.isControl(header.opcode())) {
      readControl(bytes, length);
    } else {
      readData(bytes, length);
    }
  }

  private void begin() throws ProtocolViolation {
    begun++;
    inPayload = true;
    left = header.length();
    key = header.mask();
    if (Opcode.isControl(header.opcode())) {
      control.begin(header.opcode(), (int) left);
    } else {
      message.begin(header.opcode(), left);
    }
  }

  private void readData(ByteBuffer bytes, int length) throws ProtocolViolation {
    int from = bytes.position();
    if (runStart == runEnd) {
      runStart = from;
      runEnd = from;
    }
    int end = runEnd + length;
    key = Mask.apply(bytes, from, runEnd, length, key);
    bytes.position(from + length);
    runEnd = message.check(bytes, runEnd, end);
    if (runEnd < end) {
      throw MessageState.notUtf8();
    }
    if (left == 0) {
      inPayload = false;
      message.end(header.isLast());
    }
  }

  private void readControl(ByteBuffer bytes, int length) throws ProtocolViolation {
    key = control.take(bytes, length, key);
    if (left == 0) {
      inPayload = false;
      finished = header.opcode() == Opcode.CLOSE;
      deliver(bytes);
      control.end();
    }
  }

  /** Lends the run to the handler. */
  private void deliver(ByteBuffer bytes) {
    if (runStart < runEnd) {
      int position = bytes.position();
      int limit = bytes.limit();
      bytes.limit(runEnd).position(runStart);
      runStart = runEnd;
      handler.data(bytes);
      bytes.limit(limit).position(position);
    }
  }
}
