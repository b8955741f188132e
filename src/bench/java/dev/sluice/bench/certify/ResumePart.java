package dev.sluice.bench.certify;

import dev.sluice.bench.load.Link;
import dev.sluice.bench.load.SlowCrowd;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.Ports;
import java.net.StandardSocketOptions;
import java.util.Arrays;

/**
 * How soon a gate opens again, seen from outside: from the first read of a client that has stood
 * still to the first byte that the target can write again. In between all that waited has to be
 * read, by a client that reads as fast as it can.
 */
record ResumePart() implements Part {

  private static final int TIMES = 31;
  private static final int SEND_BUFFER = 16 << 10;
  private static final double STILL = 0.3;
  private static final long MOST_NANOS = 5_000_000_000L;

  @Override
  public Figures run(Node node) throws Exception {
    try (Target flood = Target.listen(Ports.free())) {
      Target.Behaviour source = SourceConnection.exactly(Long.MAX_VALUE);
      flood.behave(
          (target, channel) -> {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            return source.accept(target, channel);
          });
      try (SlowCrowd client = new SlowCrowd(node.to(flood))) {
        client.open(1);
        return measure(flood, client);
      }
    }
  }

  private static Figures measure(Target flood, SlowCrowd client) {
    double[] millis = new double[TIMES];
    long[] waited = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long sent = rest(flood, client);
      long readBefore = client.received();
      long startedAt = System.nanoTime();
      Link link = client.links().get(0);
      while (flood.sent() == sent && System.nanoTime() - startedAt < MOST_NANOS) {
        link.readAtMost(64 << 10);
      }
      millis[i] = (System.nanoTime() - startedAt) / 1e6;
      waited[i] = client.received() - readBefore;
    }
    Arrays.sort(millis);
    Arrays.sort(waited);
    return new Figures()
        .put("resume_ms", millis[TIMES / 2])
        .put("resume_worst_ms", millis[TIMES - 1])
        .put("resume_read_kib", waited[TIMES / 2] / 1024.0)
        .error(client.ended() > 0 ? "ended: " + client.problem() : "");
  }

  /** Waits until the target has been able to send nothing for a while; what it sent. */
  private static long rest(Target flood, SlowCrowd client) {
    long sent;
    do {
      sent = flood.sent();
      client.pollFor(STILL, () -> false);
    } while (flood.sent() != sent);
    return sent;
  }
}
