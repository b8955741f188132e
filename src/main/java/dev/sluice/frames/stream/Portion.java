package dev.sluice.frames.stream;

/**
 * How many bytes one read may bring: any number, unless they are frames so small that reading them
 * would keep the thread's other connections from their turn. A frame costs about the same however
 * small it is. One thread at a time.
 */
final class Portion {

  /** As many as are fair in a row: about 30 µs of work. */
  static final int FRAMES = 1_024;

  private static final int LEAST = 4_096;

  private int bytes = Integer.MAX_VALUE;

  /** The most that the next read may bring. */
  int bytes() {
    return bytes;
  }

  /** So many bytes were so many frames: fewer next time if those were too many, more otherwise. */
  void took(int read, int frames) {
    if (frames > FRAMES) {
      bytes = Math.max(LEAST, (int) ((long) read * FRAMES / frames));
    } else {
      bytes = bytes > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : bytes * 2;
    }
  }
}
