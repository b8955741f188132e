package dev.sluice.faults;

import java.util.Random;

/**
 * How a link carries the bytes of one direction, and what becomes of it.
 *
 * @param slice at most so many bytes leave at once
 * @param delayMicros how long each slice waits
 * @param perSecond the most bytes in a second; zero: no limit
 * @param lossEvery after each so many bytes a segment is lost; zero: none is
 * @param lossMillis how long a lost one takes to be sent again, and all behind it waits
 * @param ending what happens when {@code after} bytes have passed
 * @param after bytes
 */
record Carriage(
    int slice,
    int delayMicros,
    int perSecond,
    long lossEvery,
    int lossMillis,
    Ending ending,
    long after) {

  /** Handshakes and frame headers cross the link too, however few bytes of the tunnel do. */
  private static final int SLOWEST = 8_192;

  private static final int DENSEST = 4_096;

  /** Linux sends a segment again after this much silence, and doubles it each time (RFC 6298). */
  private static final int RETRANSMISSION_MILLIS = 200;

  /** How a direction of a link ends before its sender does. */
  enum Ending {
    /** Not at all: it ends when its sender ends. */
    NONE,
    /** Both connections of the link are reset. */
    RESET,
    /** This direction ends cleanly, the other goes on. */
    FINISH,
    /** From here on nothing is carried in either direction, and nobody is told. */
    BLACK_HOLE
  }

  /** Nothing that a sender could notice but its pace. */
  boolean gentle() {
    return ending == Ending.NONE;
  }

  /**
   * Any carriage that brings {@code total} bytes across in a few seconds.
   *
   * @param breaks whether it may have an ending of its own
   */
  static Carriage any(Random random, long total, boolean breaks) {
    int slice = Math.max(1 << random.nextInt(17), (int) (total / 2000));
    int delayMicros = random.nextInt(3) == 0 ? random.nextInt(1000) : 0;
    int perSecond =
        random.nextInt(6) == 0 ? Math.max(SLOWEST, (int) (total / (0.2 + random.nextDouble()))) : 0;
    long lossEvery =
        random.nextInt(6) == 0 ? Math.max(DENSEST, total / (1 + random.nextInt(3))) : 0;
    int lossMillis = RETRANSMISSION_MILLIS << random.nextInt(3);
    Ending ending = breaks ? Ending.values()[1 + random.nextInt(3)] : Ending.NONE;
    long after = (long) (total * random.nextDouble());
    return new Carriage(slice, delayMicros, perSecond, lossEvery, lossMillis, ending, after);
  }

  /** The same, but whatever ends it comes so many bytes later. */
  Carriage later(long bytes) {
    return new Carriage(
        slice, delayMicros, perSecond, lossEvery, lossMillis, ending, after + bytes);
  }
}
