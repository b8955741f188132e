package dev.sluice.bench.trial;

import dev.sluice.bench.peer.Peer;

/** One test that every peer is put to. */
public interface Trial {

  /** Puts one peer to it. */
  Figures run(Lab lab, Peer peer) throws Exception;

  /** Whether it says anything about that peer. */
  default boolean suits(Peer peer) {
    return !peer.kind().isFloor();
  }

  /** Lets a peer do what the test asks of it, for about {@link Lab#seconds}, before any counts. */
  default void prime(Lab lab, Peer peer) throws Exception {
    run(lab, peer);
  }

  /** About how long it takes, in seconds. */
  double seconds(Lab lab);
}
