package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.Metrics;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many who are stuck take nothing from those who are not. */
abstract class StuckTargetsContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(51);
  private static final int MANY = 500;
  private static final int MARK = 64 * KIB;

  @AfterEach
  void restore() throws IOException {
    subject().reload(subject().usual());
  }

  @Test
  void fiveHundredStuckTargetsTakeNothingFromOtherTunnelsAndHttp() throws Exception {
    subject()
        .reload(
            subject()
                .usual()
                .tunnel("high-water", "64KiB")
                .tunnel("stall-timeout", "2m")
                .tunnel("ping", "30s"));
    CountDownLatch release = new CountDownLatch(1);
    TcpTarget stuck = keep(Targets.stuck(new PatternCheck(PATTERN), release));
    List<WsClient> senders = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      WsClient sender = openTight(stuck);
      senders.add(sender);
      Background.run("stuck-sender", () -> sendUntilItFails(sender));
    }
    Await.rest(
        "what they all could send",
        Duration.ofSeconds(2),
        () -> senders.stream().mapToLong(WsClient::sent).sum());

    Metrics metrics = gateway().metrics();
    assertThat(metrics.sum("sluice_buffered_bytes")).isLessThan(MANY * 2.0 * MARK);
    if (fast()) {
      // a client is stopped by not reading it: that takes no thread, and so ends nobody's tunnel
      assertThat(metrics.sum("sluice_blocked_threads")).isZero();
      assertThat(metrics.sum("sluice_tunnels_open")).isEqualTo(MANY);
    } else {
      assertThat(metrics.sum("sluice_blocked_threads")).isLessThanOrEqualTo(64);
    }
    for (String path : List.of("/", "/health/live", "/health/ready")) {
      assertThat(Http.get(gateway().http(path)).status()).as(path).isEqualTo(200);
    }
    WsClient free = open(keep(Targets.echo()));
    PatternCheck back = new PatternCheck(PATTERN);
    for (int round = 1; round <= 16; round++) {
      free.send(PATTERN.bytes(back.count(), 32 * KIB));
      free.receive(back, round * 32L * KIB);
    }
    back.assertIntact();
    release.countDown();
  }

  private static void sendUntilItFails(WsClient client) {
    try {
      client.send(PATTERN, 1L << 40, Chunking.whole(32 * KIB));
    } catch (IOException theTestEndsIt) {
      // on the standard lane its tunnel may be ended too: threads are what stops a client there
    }
  }
}
