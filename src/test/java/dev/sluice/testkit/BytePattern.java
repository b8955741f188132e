package dev.sluice.testkit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An endless stream of bytes that a seed determines, known at every position: whoever receives a
 * piece can tell whether it is the right one, so losses, repeats and swaps all show.
 */
public record BytePattern(long seed) {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Writes the bytes from {@code position} on into {@code target}. */
  public void fill(long position, byte[] target, int offset, int length) {
    int done = 0;
    while (done < length) {
      long at = position + done;
      int inWord = (int) (at & 7);
      if (inWord == 0 && length - done >= 8) {
        LONG.set(target, offset + done, word(at >>> 3));
        done += 8;
      } else {
        target[offset + done] = (byte) (word(at >>> 3) >>> (inWord * 8));
        done++;
      }
    }
  }

  /** {@code length} bytes from {@code position} on. */
  public byte[] bytes(long position, int length) {
    byte[] bytes = new byte[length];
    fill(position, bytes, 0, length);
    return bytes;
  }

  /** The index of the first byte that is not the pattern's, or -1. */
  public int mismatch(long position, byte[] actual, int offset, int length) {
    byte[] expected = bytes(position, length);
    for (int i = 0; i < length; i++) {
      if (expected[i] != actual[offset + i]) {
        return i;
      }
    }
    return -1;
  }

  /** Steele, Lea, Flood: SplitMix64's mixing function over a counter. */
  private long word(long index) {
    long z = seed + index * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
