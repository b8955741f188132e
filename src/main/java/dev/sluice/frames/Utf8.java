package dev.sluice.frames;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks UTF-8 as it comes, in parts that may cut a code point (RFC 6455 §8.1, RFC 3629): no
 * overlong forms, no surrogates, nothing above U+10FFFF, and wrong at the first byte that can no
 * longer become right.
 */
final class Utf8 {

  private static final VarHandle WORDS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  /** Continuation bytes that the code point begun still lacks. */
  private int missing;

  /** What the next continuation byte may be. */
  private int lowest;

  private int highest;

  /**
   * Checks the bytes from index {@code from} up to {@code to} of the buffer.
   *
   * @return the index of the byte that is wrong, or {@code to}
   */
  int check(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at < to) {
      if (missing == 0) {
        at = skipAscii(buffer, at, to);
        if (at == to) {
          break;
        }
      }
      if (!accept(buffer.get(at) & 0xff)) {
        return at;
      }
      at++;
    }
    return to;
  }

  /** Whether the text may end here. */
  boolean isComplete() {
    return missing == 0;
  }

  private static int skipAscii(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES && ((long) WORDS.get(buffer, at) & NOT_ASCII) == 0) {
      at += Long.BYTES;
    }
    while (at < to && buffer.get(at) >= 0) {
      at++;
    }
    return at;
  }

  private boolean accept(int octet) {
    if (missing == 0) {
      return lead(octet);
    }
    if (octet < lowest || octet > highest) {
      return false;
    }
    missing--;
    lowest = 0x80;
    highest = 0xbf;
    return true;
  }

  /** The table of RFC 3629 §4: what may begin a code point, and what may come second. */
  private boolean lead(int octet) {
    if (octet < 0xc2 || octet > 0xf4) {
      return octet < 0x80;
    }
    missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3;
    lowest = octet == 0xe0 ? 0xa0 : octet == 0xf0 ? 0x90 : 0x80;
    highest = octet == 0xed ? 0x9f : octet == 0xf4 ? 0x8f : 0xbf;
    return true;
  }
}
