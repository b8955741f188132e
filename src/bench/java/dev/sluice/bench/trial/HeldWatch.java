package dev.sluice.bench.trial;

import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.bench.proc.TcpQueues;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Looks ten times a second at what lies between a sender and a receiver, in the second half of a
 * test, when the windows have filled; and at the peer's memory, all the time.
 */
final class HeldWatch {

  private static final long EVERY_NANOS = 100_000_000;

  private final Peer peer;
  private final Set<Integer> ports;
  private final LongSupplier sent;
  private final LongSupplier taken;
  private final long startedAt = System.nanoTime();
  private final long settledAt;
  private final long sentBefore;
  private final long residentBefore;
  private long lookedAt = startedAt;
  private long residentPeak;
  private long held;
  private long kernel;

  HeldWatch(Peer peer, Lab lab, Crowd crowd, LongSupplier sent, LongSupplier taken)
      throws IOException {
    this.peer = peer;
    this.ports = Set.of(crowd.links().get(0).port(), lab.target().port());
    this.sent = sent;
    this.taken = taken;
    this.settledAt = startedAt + (long) (lab.slow() / 2 * 1e9);
    this.sentBefore = sent.getAsLong();
    this.residentBefore = resident();
    this.residentPeak = residentBefore;
  }

  private long resident() {
    return peer.process().map(ProcessTree::residentKib).orElse(0L);
  }

  /** Looks, if it is time. */
  void look() throws IOException {
    long now = System.nanoTime();
    if (now - lookedAt < EVERY_NANOS) {
      return;
    }
    lookedAt = now;
    residentPeak = Math.max(residentPeak, resident());
    if (now - settledAt > 0) {
      long queues = TcpQueues.held(ports);
      long between = sent.getAsLong() - taken.getAsLong();
      if (between - queues > held || kernel == 0) {
        held = between - queues;
        kernel = queues;
      }
    }
  }

  /** The most that the peer held, what the kernel held then, and what the sender got rid of. */
  Figures figures() {
    double seconds = (System.nanoTime() - startedAt) / 1e9;
    Figures figures =
        new Figures()
            .put("held_bytes", Math.max(0, held))
            .put("kernel_bytes", kernel)
            .put("sent_mb_s", (sent.getAsLong() - sentBefore) / seconds / 1e6);
    if (peer.process().isPresent()) {
      figures.put("rss_mb", residentBefore / 1024.0).put("rss_peak_mb", residentPeak / 1024.0);
    }
    return figures;
  }
}
