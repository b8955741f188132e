package dev.sluice.testkit;

/**
 * Compares what arrives with a pattern, from its start. One thread feeds it, any thread may ask.
 */
public final class PatternCheck {

  private final BytePattern pattern;
  private volatile long count;
  private volatile long mismatchAt = -1;

  /** Checks against {@code pattern} from position zero. */
  public PatternCheck(BytePattern pattern) {
    this.pattern = pattern;
  }

  /** Takes the next bytes. */
  public void accept(byte[] bytes, int offset, int length) {
    long position = count;
    if (mismatchAt < 0) {
      int wrong = pattern.mismatch(position, bytes, offset, length);
      if (wrong >= 0) {
        mismatchAt = position + wrong;
      }
    }
    count = position + length;
  }

  /** How many bytes came. */
  public long count() {
    return count;
  }

  /** Fails the test at the first byte that was not the pattern's. */
  public void assertIntact() {
    if (mismatchAt >= 0) {
      throw new AssertionError("wrong byte at position " + mismatchAt + " of " + count);
    }
  }

  /** Fails the test unless exactly {@code expected} right bytes came. */
  public void assertExactly(long expected) {
    assertIntact();
    if (count != expected) {
      throw new AssertionError("got " + count + " bytes instead of " + expected);
    }
  }
}
