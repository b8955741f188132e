package dev.sluice.bench.trial;

import dev.sluice.bench.peer.Peer;

/** One test that every peer is put to. */
public interface Trial {

  /** Puts one peer to it. */
  Figures run(Lab lab, Peer peer) throws Exception;

  /** About how long it takes, in seconds. */
  double seconds(Lab lab);
}
