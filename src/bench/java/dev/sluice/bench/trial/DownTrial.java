package dev.sluice.bench.trial;

import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Link;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.peer.Peer;

/** The target sends as fast as it can to some connections at once. */
public record DownTrial(int connections) implements Trial {

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    lab.target().behave(SourceConnection::fast);
    Figures figures = new Figures();
    try (Crowd crowd = new Crowd(peer.address())) {
      crowd.open(connections);
      crowd.pollFor(lab.warm(), () -> crowd.ended() > 0);
      long framesBefore = frames(crowd);
      Window window = Window.open(lab, peer, crowd::received);
      crowd.pollFor(lab.seconds(), () -> crowd.ended() > 0);
      window.shut().putBytes(figures);
      long frames = frames(crowd) - framesBefore;
      if (frames > 0) {
        figures.put("bytes_per_frame", (double) window.counted() / frames);
      }
      if (crowd.ended() > 0) {
        figures.error("a connection ended: " + crowd.problem() + " " + crowd.closeCodes());
      }
    }
    return lab.settle(figures);
  }

  private static long frames(Crowd crowd) {
    return crowd.links().stream().mapToLong(Link::frames).sum();
  }

  @Override
  public double seconds(Lab lab) {
    return lab.warm() + lab.seconds();
  }
}
