package dev.sluice.faults;

import java.util.Random;

/**
 * What happens in one trial, all of it from one seed.
 *
 * @param seed names the schedule; the patterns of bytes are made from it too
 * @param up bytes that the client sends
 * @param down bytes that the target sends
 * @param longest the longest frame of the client, in bytes
 * @param clientEnds whether the client closes after its bytes, else the target after its own
 * @param clientUp the client's link, towards the gateway
 * @param clientDown the same link, towards the client
 * @param targetUp the target's link, towards the target
 * @param targetDown the same link, towards the gateway
 */
record Schedule(
    long seed,
    long up,
    long down,
    int longest,
    boolean clientEnds,
    Carriage clientUp,
    Carriage clientDown,
    Carriage targetUp,
    Carriage targetDown) {

  /** More than an opening handshake has: how one may break is asked elsewhere. */
  private static final int HANDSHAKE = 1_024;

  /** The schedule that {@code seed} names. Half of them have one link that breaks. */
  static Schedule of(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    long up = size(random);
    long down = size(random);
    int broken = random.nextInt(8);
    return new Schedule(
        seed,
        up,
        down,
        Math.max(1 << random.nextInt(17), (int) (up / 5_000)),
        random.nextBoolean(),
        Carriage.any(random, up, broken == 0).later(HANDSHAKE),
        Carriage.any(random, down, broken == 1).later(HANDSHAKE),
        Carriage.any(random, up, broken == 2),
        Carriage.any(random, down, broken == 3));
  }

  private static long size(Random random) {
    return random.nextInt(1 << (4 + random.nextInt(17)));
  }

  /** Whether nothing but slowness lies between the two ends. */
  boolean gentle() {
    return clientUp.gentle() && clientDown.gentle() && targetUp.gentle() && targetDown.gentle();
  }
}
