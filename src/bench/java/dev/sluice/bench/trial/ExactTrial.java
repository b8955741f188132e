package dev.sluice.bench.trial;

import dev.sluice.bench.load.CheckingCrowd;
import dev.sluice.bench.load.PatternCrowd;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.Peer;

/**
 * Four connections each carry so many bytes of a pattern and then end; every byte has to arrive
 * before the end does.
 *
 * @param down whether the target sends and ends; otherwise the client does
 */
public record ExactTrial(boolean down) implements Trial {

  private static final int CONNECTIONS = 4;
  private static final long DOWN_BYTES = 20_000_001;
  private static final long UP_BYTES = 5_000_001;
  private static final int MESSAGE = 16 << 10;
  private static final double MOST_SECONDS = 15;

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    return lab.settle(down ? down(lab.target(), peer) : up(lab.target(), peer));
  }

  private static Figures down(Target target, Peer peer) throws Exception {
    target.behave(SourceConnection.exactly(DOWN_BYTES));
    Figures figures = new Figures();
    try (CheckingCrowd crowd = new CheckingCrowd(peer.address())) {
      crowd.open(CONNECTIONS);
      crowd.pollFor(MOST_SECONDS, () -> crowd.ended() == CONNECTIONS);
      boolean complete = crowd.whole(DOWN_BYTES) == CONNECTIONS;
      figures
          .put("complete", complete && crowd.distinct())
          .put("bytes", crowd.received())
          .put("closes", crowd.closeCodes().toString());
      if (crowd.wrong() > 0 || !crowd.distinct()) {
        figures.error(crowd.wrong() + " streams with wrong bytes, or one of them twice");
      }
    }
    return figures;
  }

  private static Figures up(Target target, Peer peer) throws Exception {
    target.behave(SinkConnection::checking);
    Figures figures = new Figures();
    try (PatternCrowd crowd = new PatternCrowd(peer.address(), UP_BYTES, MESSAGE)) {
      crowd.open(CONNECTIONS);
      crowd.pollFor(MOST_SECONDS, () -> crowd.ended() == CONNECTIONS && target.open() == 0);
      figures
          .put("complete", target.received() == UP_BYTES * CONNECTIONS && target.wrong() == 0)
          .put("bytes", target.received())
          .put("closes", crowd.closeCodes().toString());
      if (target.wrong() > 0) {
        figures.error(target.wrong() + " streams with wrong bytes");
      }
    }
    return figures;
  }

  @Override
  public double seconds(Lab lab) {
    return 1;
  }
}
