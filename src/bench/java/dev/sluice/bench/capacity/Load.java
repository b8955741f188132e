package dev.sluice.bench.capacity;

import java.util.List;

/**
 * What a node has to carry.
 *
 * @param down bytes a second that targets send, over four tunnels
 * @param up bytes a second that clients send, over four tunnels, in messages of 16 KiB
 * @param pulses interactive tunnels; on each 64 bytes go there and back with every beat
 * @param beat seconds from one to the next
 * @param renewed tunnels a second that open, have 64 bytes echoed a second later, and close
 * @param stuck tunnels whose client reads nothing of a target that floods
 */
record Load(String name, long down, long up, int pulses, double beat, int renewed, int stuck) {

  private static final long MB = 1_000_000;

  /** What the model is fitted to: one kind of work at a time, at two rates. */
  static final List<Load> FITTED =
      List.of(
          new Load("quiet", 0, 0, 0, 1, 0, 0),
          new Load("down 60 MB/s", 60 * MB, 0, 0, 1, 0, 0),
          new Load("down 240 MB/s", 240 * MB, 0, 0, 1, 0, 0),
          new Load("up 50 MB/s", 0, 50 * MB, 0, 1, 0, 0),
          new Load("up 200 MB/s", 0, 200 * MB, 0, 1, 0, 0),
          new Load("1,000 messages/s", 0, 0, 500, 0.5, 0, 0),
          new Load("4,000 messages/s", 0, 0, 1000, 0.25, 0, 0),
          new Load("40 tunnels/s", 0, 0, 0, 1, 40, 0),
          new Load("120 tunnels/s", 0, 0, 0, 1, 120, 0));

  /** What it is held against: all of it at once, at rates in between. */
  static final Load MIXED = new Load("mixed", 200 * MB, 100 * MB, 1000, 0.5, 60, 10);

  /**
   * The same without slow readers, for what only the first such load brings about: workers of the
   * server's, each with buffers of its own, and compiled code.
   */
  static final Load MIXED_FIRST = new Load("mixed, first", 200 * MB, 100 * MB, 1000, 0.5, 60, 0);

  /** For compilers to be done: they begin late with what happens once in a tunnel. */
  static final Load FIRST = new Load("first", 100 * MB, 50 * MB, 500, 0.1, 500, 0);
}
