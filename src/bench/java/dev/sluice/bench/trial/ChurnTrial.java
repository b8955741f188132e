package dev.sluice.bench.trial;

import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.peer.Peer;

/** Connections that open, echo one message and close, some at a time, without a pause. */
public record ChurnTrial(int workers) implements Trial {

  private static final double MOST_ENDING = 5;

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    lab.target().behave(EchoConnection::new);
    Figures figures = new Figures();
    try (ChurningCrowd crowd = new ChurningCrowd(peer.echo())) {
      crowd.churnFor(lab.warm(), workers);
      int failedBefore = crowd.failed();
      Window window = Window.open(lab, peer, crowd::cycles);
      crowd.churnFor(lab.seconds(), workers);
      window.shut().put(figures).put("conn_s", window.rate());
      if (peer.process().isPresent() && window.counted() > 0) {
        figures.put("cpu_ms_per_conn", window.peerCpu() * 1e3 / window.counted());
      }
      crowd.stop(MOST_ENDING);
      int failed = crowd.failed() - failedBefore;
      if (failed > 0) {
        figures.error(failed + " connections failed: " + crowd.problem());
      }
    }
    return lab.settle(figures);
  }

  /** Also for a floor: what its engine takes for a connection, no tunnel can do without. */
  @Override
  public boolean suits(Peer peer) {
    return true;
  }

  @Override
  public double seconds(Lab lab) {
    return lab.warm() + lab.seconds();
  }
}
