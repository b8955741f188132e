package dev.sluice.bench.load;

import java.nio.ByteBuffer;

/** Checks a stream of the {@link Pattern} as it arrives; the seed is taken from its beginning. */
final class PatternCheck {

  private long seed;
  private long position;
  private long wrongAt = -1;

  /** Takes the next bytes. */
  void accept(ByteBuffer bytes, int from, int length) {
    int done = 0;
    while (position < Long.BYTES && done < length) {
      seed |= (bytes.get(from + done++) & 0xFFL) << (position++ * 8);
      if (position == Long.BYTES && !Pattern.isSeed(seed)) {
        wrongAt = 0;
      }
    }
    int rest = length - done;
    if (rest > 0 && wrongAt < 0) {
      int wrong = Pattern.mismatch(seed, position, bytes, from + done, rest);
      if (wrong >= 0) {
        wrongAt = position + wrong;
      }
    }
    position += rest;
  }

  /** How many bytes came. */
  long count() {
    return position;
  }

  /** Which stream it is; zero before its first word is whole. */
  long seed() {
    return position < Long.BYTES ? 0 : seed;
  }

  /** The position of the first wrong byte, or -1. */
  long wrongAt() {
    return wrongAt;
  }
}
