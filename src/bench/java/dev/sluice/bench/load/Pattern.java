package dev.sluice.bench.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A stream of bytes that a seed determines: its little-endian 64-bit word {@code i} is {@code seed
 * + i * 0x9E3779B97F4A7C15}. The first word is the seed itself, so whoever receives it knows all
 * that follows, and no two streams of a test are the same.
 */
final class Pattern {

  /** The low 16 bits of every seed, by which a receiver knows that a stream is one. */
  static final long MARK = 0xA55AL;

  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final long MARK_BITS = 0xFFFFL;

  private Pattern() {}

  /** The seed of stream number {@code n}. */
  static long seed(int n) {
    return (((n + 1) * STEP) << 16) | MARK;
  }

  /** Whether {@code word} can be a seed. */
  static boolean isSeed(long word) {
    return (word & MARK_BITS) == MARK;
  }

  /** Writes the stream's bytes from {@code position} on until {@code target} is full. */
  static void fill(long seed, long position, ByteBuffer target) {
    ByteBuffer out = target.order(ByteOrder.LITTLE_ENDIAN);
    long at = position;
    while (out.hasRemaining()) {
      if ((at & 7) == 0 && out.remaining() >= Long.BYTES) {
        out.putLong(word(seed, at));
        at += Long.BYTES;
      } else {
        out.put(at(seed, at++));
      }
    }
  }

  /** The index of the first byte from {@code from} on that is not the stream's, or -1. */
  static int mismatch(long seed, long position, ByteBuffer actual, int from, int length) {
    ByteBuffer in = actual.order(ByteOrder.LITTLE_ENDIAN);
    int done = 0;
    while (done < length) {
      long at = position + done;
      boolean whole = (at & 7) == 0 && length - done >= Long.BYTES;
      if (whole && in.getLong(from + done) == word(seed, at)) {
        done += Long.BYTES;
      } else if (in.get(from + done) == at(seed, at)) {
        done++;
      } else {
        return done;
      }
    }
    return -1;
  }

  private static long word(long seed, long position) {
    return seed + (position >>> 3) * STEP;
  }

  private static byte at(long seed, long position) {
    return (byte) (word(seed, position) >>> ((position & 7) * 8));
  }
}
