package dev.sluice.bench.trial;

import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.peer.Peer;
import java.util.function.LongSupplier;

/**
 * Some connections send messages of one size as fast as they can; counted is what the target takes.
 *
 * @param message bytes of each
 */
public record UpTrial(int message, int connections) implements Trial {

  private static final double MOST_STANDING = 5;

  /** Also of a floor: nothing has to come out of it. */
  @Override
  public boolean suits(Peer peer) {
    return true;
  }

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    lab.target().behave(SinkConnection::fast);
    LongSupplier arrived = peer.arriving(lab.target());
    Figures figures = new Figures();
    Batch batch = Batch.of(message, peer.address().webSocket());
    try (SendingCrowd crowd = new SendingCrowd(peer.address(), batch)) {
      crowd.open(connections);
      crowd.pollFor(lab.warm(), () -> crowd.ended() > 0);
      Window window = Window.open(lab, peer, arrived);
      crowd.pollFor(lab.seconds(), () -> crowd.ended() > 0);
      window.shut().putBytes(figures);
      if (crowd.ended() > 0) {
        figures.error("a connection ended: " + crowd.problem() + " " + crowd.closeCodes());
      }
      crowd.stop();
      drain(arrived, crowd);
      if (arrived.getAsLong() != crowd.sent()) {
        figures.error("of " + crowd.sent() + " bytes " + arrived.getAsLong() + " arrived");
      }
      crowd.finish(MOST_STANDING);
    }
    return lab.settle(figures);
  }

  /** Until everything has arrived, or nothing more arrives. */
  private static void drain(LongSupplier arrived, SendingCrowd crowd) {
    long before = -1;
    while (arrived.getAsLong() > before && arrived.getAsLong() < crowd.sent()) {
      before = arrived.getAsLong();
      long seen = before;
      crowd.pollFor(MOST_STANDING, () -> arrived.getAsLong() > seen);
    }
  }

  @Override
  public double seconds(Lab lab) {
    return lab.warm() + lab.seconds() + 0.1;
  }
}
