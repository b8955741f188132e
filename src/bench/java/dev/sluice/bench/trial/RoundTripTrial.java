package dev.sluice.bench.trial;

import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.Histogram;
import dev.sluice.bench.peer.Peer;

/** Each connection sends 64 bytes, waits for the echo, and sends again. */
public record RoundTripTrial(int connections) implements Trial {

  private static final double MOST_CLOSING = 2;

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    lab.target().behave(EchoConnection::new);
    Figures figures = new Figures();
    try (EchoCrowd crowd = new EchoCrowd(peer.address())) {
      crowd.open(connections);
      crowd.repeat(true);
      crowd.sendAll();
      crowd.pollFor(lab.warm(), () -> crowd.ended() > 0);
      Histogram times = crowd.times();
      times.clear();
      Window window = Window.open(lab, peer, times::count);
      crowd.pollFor(lab.seconds(), () -> crowd.ended() > 0);
      window
          .shut()
          .put(figures)
          .put("msgs_s", window.rate())
          .put("p50_us", times.micros(0.5))
          .put("p99_us", times.micros(0.99));
      if (window.peerCpu() > 0) {
        figures.put("cpu_us_per_msg", window.peerCpu() * 1e6 / Math.max(1, window.counted()));
      }
      if (crowd.ended() > 0) {
        figures.error("a connection ended: " + crowd.problem() + " " + crowd.closeCodes());
      }
      crowd.repeat(false);
      crowd.pollFor(MOST_CLOSING, () -> crowd.waiting() == 0);
      crowd.finish(MOST_CLOSING);
    }
    return lab.settle(figures);
  }

  @Override
  public double seconds(Lab lab) {
    return lab.warm() + lab.seconds() + 0.1;
  }
}
