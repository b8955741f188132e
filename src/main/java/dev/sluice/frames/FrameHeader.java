package dev.sluice.frames;

import static dev.sluice.frames.ProtocolViolation.protocol;

import java.nio.ByteBuffer;

/**
 * The header of a client's frame (RFC 6455 §5.2), collected byte by byte so that it may be split
 * anywhere, and refused at the first byte that is wrong. Reused for every frame.
 */
final class FrameHeader {

  /** Two bytes that are always there, and the mask. */
  private static final int SHORTEST = 6;

  private boolean last;
  private int opcode;
  private int size;
  private int seen;
  private long length;
  private int mask;

  /** Whether the frame ends its message. */
  boolean isLast() {
    return last;
  }

  int opcode() {
    return opcode;
  }

  /** Of the payload, in bytes. */
  long length() {
    return length;
  }

  /** The masking key, its first byte on top. */
  int mask() {
    return mask;
  }

  /**
   * Takes bytes up to the end of the header.
   *
   * @return true when it is complete; the next call then starts another
   */
  boolean take(ByteBuffer in) throws ProtocolViolation {
    while (in.hasRemaining()) {
      add(in.get() & 0xff);
      if (seen == size) {
        seen = 0;
        return true;
      }
    }
    return false;
  }

  private void add(int octet) throws ProtocolViolation {
    seen++;
    if (seen == 1) {
      first(octet);
    } else if (seen == 2) {
      second(octet);
    } else if (seen > size - Integer.BYTES) {
      mask = mask << 8 | octet;
    } else {
      length = length << 8 | octet;
      if (seen == size - Integer.BYTES) {
        checkLength();
      }
    }
  }

  private void first(int octet) throws ProtocolViolation {
    last = (octet & 0x80) != 0;
    opcode = octet & 0x0f;
    if ((octet & 0x70) != 0) {
      throw protocol("reserved bit set");
    }
    if (!Opcode.isKnown(opcode)) {
      throw protocol("reserved opcode");
    }
    if (Opcode.isControl(opcode) && !last) {
      throw protocol("fragmented control frame");
    }
  }

  private void second(int octet) throws ProtocolViolation {
    int shortLength = octet & 0x7f;
    if ((octet & 0x80) == 0) {
      throw protocol("frame not masked");
    }
    if (shortLength > 125 && Opcode.isControl(opcode)) {
      throw protocol("control frame too long");
    }
    length = shortLength > 125 ? 0 : shortLength;
    size = SHORTEST + (shortLength == 127 ? Long.BYTES : shortLength == 126 ? Short.BYTES : 0);
  }

  /** "The minimal number of bytes MUST be used to encode the length" and its top bit is 0. */
  private void checkLength() throws ProtocolViolation {
    if (length < 0) {
      throw protocol("length out of range");
    }
    if (length <= (size == SHORTEST + Short.BYTES ? 125 : 0xffff)) {
      throw protocol("length not minimal");
    }
  }
}
