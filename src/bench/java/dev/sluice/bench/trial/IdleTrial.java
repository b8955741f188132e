package dev.sluice.bench.trial;

import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.proc.HeapInfo;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.testkit.Jcmd;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What connections cost that carry nothing. The peer has just been started; thousands of
 * connections come and go, so that what the first ones bring about is not counted; then they are
 * opened step by step, each echoes a message, and at every step its memory is read a second later.
 * Of a JVM it is also asked what a collection leaves on the heap at the last step, and once they
 * are gone; for both, what had ended before has been let go.
 */
public record IdleTrial(List<Integer> counts) {

  private static final int BEFORE = 10_000;
  private static final double MOST_BEFORE = 20;
  private static final double MOST_ENDING = 5;
  private static final int WORKERS = 8;
  private static final double HOLD = 1;
  private static final double MOST_ECHO = 15;

  /** Longer than what has ended waits for the last callbacks of a server's own engine. */
  private static final double LET_GO = 12;

  /** The figures of each step, by the number of connections. */
  public Map<Integer, Figures> run(Lab lab, Peer peer) throws Exception {
    Map<Integer, Figures> steps = new LinkedHashMap<>();
    if (peer.process().isEmpty() || counts.isEmpty()) {
      return steps;
    }
    ProcessTree process = peer.process().get();
    lab.target().behave(EchoConnection::new);
    try (ChurningCrowd first = new ChurningCrowd(peer.address())) {
      first.churn(BEFORE, WORKERS, MOST_BEFORE);
      first.stop(MOST_ENDING);
    }
    lab.settle(new Figures());
    Thread.sleep((long) (HOLD * 1000));
    long resident = process.residentKib();
    long proportional = process.proportionalKib();
    long heap = 0;
    try (EchoCrowd crowd = new EchoCrowd(peer.address())) {
      for (int count : counts) {
        long startedAt = System.nanoTime();
        crowd.open(count);
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        crowd.sendAll();
        crowd.pollFor(MOST_ECHO, () -> crowd.waiting() == 0);
        int silent = crowd.waiting();
        crowd.pollFor(HOLD, () -> false);
        long now = process.residentKib();
        double each = (double) (now - resident) / count;
        double eachShared = (double) (process.proportionalKib() - proportional) / count;
        Figures figures =
            new Figures()
                .put("rss_kib_each", each)
                .put("pss_kib_each", eachShared)
                .put("rss0_mb", resident / 1024.0)
                .put("rss_mb", now / 1024.0)
                .put("open_seconds", seconds)
                .put("processes", process.size());
        if (silent > 0 || crowd.ended() > 0) {
          figures.error(silent + " without an echo, " + crowd.ended() + " ended");
        }
        steps.put(count, figures);
      }
      if (peer.kind().isJvm()) {
        crowd.pollFor(LET_GO, () -> false);
        heap = heap(process);
      }
    }
    lab.settle(new Figures());
    if (peer.kind().isJvm()) {
      Thread.sleep((long) (LET_GO * 1000));
      int most = counts.get(counts.size() - 1);
      steps.get(most).put("heap_kib_each", (double) (heap - heap(process)) / most);
    }
    return steps;
  }

  private static long heap(ProcessTree process) throws IOException {
    return HeapInfo.usedKib(Jcmd.collectedHeap(process.pid()));
  }

  /** About how long it takes, in seconds. */
  public double seconds() {
    return 8 + 2 * LET_GO + counts.size() * (HOLD + 2);
  }
}
