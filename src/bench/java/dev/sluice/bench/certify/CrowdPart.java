package dev.sluice.bench.certify;

import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.PulseCrowd;
import dev.sluice.bench.load.PulseCrowd.Beat;
import dev.sluice.bench.load.SlowCrowd;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.Metrics;
import dev.sluice.testkit.Ports;
import java.io.IOException;

/**
 * So many tunnels at once: some whose client reads nothing while their target floods, the others
 * with a checked message each second. At the end the stuck ones read, and get their bytes.
 *
 * @param stuck tunnels whose gate is shut
 * @param pulses interactive tunnels
 * @param hold seconds that all of them are watched
 */
record CrowdPart(int stuck, int pulses, double hold) implements Part {

  private static final Beat BEAT = new Beat(64, 1, 0);
  private static final int FIRST = 200;
  private static final double MOST_FIRST = 5;

  /** A stuck tunnel buffers at least this, or its gate is not shut. */
  private static final int SHUT = 64 << 10;

  private static final double MOST_SHUTTING = 30;
  private static final double MOST_RELEASE = 20;

  /** Far more than the gateway held: what comes then has passed a gate that opened. */
  private static final long RELEASED = 2 << 20;

  /** An echo that takes longer is none. */
  static final double LATEST_SECONDS = 5;

  @Override
  public Figures run(Node node) throws Exception {
    try (Target echo = Target.listen(Ports.free());
        Target flood = Target.listen(Ports.free())) {
      echo.behave(EchoConnection::new);
      flood.behave(SourceConnection.exactly(Long.MAX_VALUE));
      first(node, echo);
      Memory before = node.memory();
      try (SlowCrowd slow = new SlowCrowd(node.to(flood));
          PulseCrowd fast = new PulseCrowd(node.to(echo), BEAT)) {
        return watch(node, before, slow, fast);
      }
    }
  }

  /** What only the first tunnels bring about is no cost of those that follow. */
  private static void first(Node node, Target echo) throws Exception {
    try (PulseCrowd crowd = new PulseCrowd(node.to(echo), new Beat(64, 0.1, 0))) {
      crowd.open(FIRST);
      crowd.begin();
      hold(crowd, crowd, MOST_FIRST);
      crowd.finish(MOST_FIRST);
    }
    echo.awaitClosed(MOST_FIRST);
  }

  private Figures watch(Node node, Memory before, SlowCrowd slow, PulseCrowd fast)
      throws Exception {
    long startedAt = System.nanoTime();
    slow.open(stuck);
    fast.open(pulses);
    double opening = (System.nanoTime() - startedAt) / 1e9;
    fast.begin();
    awaitShut(node, slow, fast);
    hold(slow, fast, hold);
    fast.stop();
    fast.pollFor(LATEST_SECONDS, () -> fast.waiting() == 0);
    Metrics metrics = node.gateway().metrics();
    Figures figures = node.memory().each(before, stuck + pulses);
    figures
        .put("opening_seconds", opening)
        .put("held_seconds", hold)
        .put("tunnels", metrics.sum("sluice_tunnels_open"))
        .put("buffered_mib", metrics.sum("sluice_buffered_bytes") / (1 << 20))
        .put("budget_used_mib", metrics.sum("sluice_memory_used_bytes") / (1 << 20))
        .put("echoes", fast.echoes())
        .put("p50_ms", fast.times().micros(0.5) / 1e3)
        .put("p99_ms", fast.times().micros(0.99) / 1e3)
        .put("longest_ms", fast.longest() * 1e3);
    return release(slow, figures.error(problem(slow, fast)));
  }

  private void awaitShut(Node node, SlowCrowd slow, PulseCrowd fast) throws IOException {
    long until = System.nanoTime() + (long) (MOST_SHUTTING * 1e9);
    while (node.gateway().metric("sluice_buffered_bytes") < (double) stuck * SHUT
        && System.nanoTime() - until < 0) {
      hold(slow, fast, 0.2);
    }
  }

  private static void hold(dev.sluice.bench.load.Crowd slow, PulseCrowd fast, double seconds)
      throws IOException {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() - until < 0) {
      fast.tick();
      fast.poll();
      if (slow != fast) {
        slow.poll();
      }
    }
  }

  private String problem(SlowCrowd slow, PulseCrowd fast) {
    if (slow.ended() + fast.ended() > 0) {
      return slow.ended()
          + " stuck and "
          + fast.ended()
          + " interactive tunnels ended: "
          + slow.problem()
          + fast.problem()
          + " "
          + slow.closeCodes()
          + fast.closeCodes();
    }
    if (fast.longest() > LATEST_SECONDS) {
      return fast.waiting() + " wait for an echo, the longest took " + fast.longest() + " s";
    }
    return "";
  }

  /** The stuck ones read on until each has got more than was held for it. */
  private Figures release(SlowCrowd slow, Figures figures) {
    long until = System.nanoTime() + (long) (MOST_RELEASE * 1e9);
    while (stuck > 0 && slow.least() < RELEASED && System.nanoTime() - until < 0) {
      slow.take(256 << 10);
      slow.poll();
    }
    if (slow.ended() > 0) {
      figures.error(slow.ended() + " ended when they read: " + slow.problem());
    } else if (stuck > 0 && slow.least() < RELEASED) {
      figures.error("a stuck tunnel got only " + slow.least() + " bytes when it read");
    }
    return figures;
  }
}
