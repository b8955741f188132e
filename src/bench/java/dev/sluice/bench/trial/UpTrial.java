package dev.sluice.bench.trial;

import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.peer.Peer;

/**
 * Some connections send messages of one size as fast as they can; counted is what the target takes.
 *
 * @param message bytes of each
 */
public record UpTrial(int message, int connections) implements Trial {

  private static final double MOST_STANDING = 5;

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    lab.target().behave(SinkConnection::fast);
    Figures figures = new Figures();
    Batch batch = Batch.of(message, peer.address().webSocket());
    try (SendingCrowd crowd = new SendingCrowd(peer.address(), batch)) {
      crowd.open(connections);
      crowd.pollFor(lab.warm(), () -> crowd.ended() > 0);
      Window window = Window.open(lab, peer, lab.target()::received);
      crowd.pollFor(lab.seconds(), () -> crowd.ended() > 0);
      window.shut().putBytes(figures);
      if (crowd.ended() > 0) {
        figures.error("a connection ended: " + crowd.problem() + " " + crowd.closeCodes());
      }
      crowd.stop();
      drain(lab, crowd);
      if (lab.target().received() != crowd.sent()) {
        figures.error("of " + crowd.sent() + " bytes " + lab.target().received() + " arrived");
      }
      crowd.finish(MOST_STANDING);
    }
    return lab.settle(figures);
  }

  /** Until everything has arrived, or nothing more arrives. */
  private static void drain(Lab lab, SendingCrowd crowd) {
    long before = -1;
    while (lab.target().received() > before && lab.target().received() < crowd.sent()) {
      before = lab.target().received();
      long seen = before;
      crowd.pollFor(MOST_STANDING, () -> lab.target().received() > seen);
    }
  }

  @Override
  public double seconds(Lab lab) {
    return lab.warm() + lab.seconds() + 0.1;
  }
}
