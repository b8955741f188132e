package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another part of the JVM takes all of the heap, twelve times, while tunnels carry: each of them
 * goes on or ends, none carries a wrong byte, and afterwards the gateway serves as before. On the
 * fast lane: a server's own engine may leave connections behind that nobody serves any more.
 */
@Tag("thorough")
@Timeout(300)
class OutOfMemoryIT {

  private static final int TUNNELS = 24;
  private static final int CHUNK = 4_096;
  private static final long PAUSE_MILLIS = 5;

  /** With a full heap each attempt at memory is a collection: this one is done with it soonest. */
  private static final String COLLECTOR = "-XX:+UseSerialGC";

  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: fast, ping: 2s, stall-timeout: 8s, idle-timeout: 8s, memory-budget: 16MiB}
      limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0, targets-per-minute: 0}
      audit: {file: %s, log: false}
      """;

  @TempDir private Path directory;

  @Test
  void eachTunnelGoesOnOrEndsAndTheGatewayServesAsBefore() throws Exception {
    Path audit = directory.resolve("audit.jsonl");
    String agent = "-javaagent:" + MemoryHog.pack(directory) + "=" + directory;
    try (TcpTarget echo = Targets.echo();
        GatewayServer gateway =
            GatewayServer.start(
                ServerKind.EMBEDDED,
                CONFIG.formatted(audit),
                List.of("-Xmx64m", COLLECTOR, agent))) {
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = 0; i < TUNNELS; i++) {
        exchanges.add(new Exchange(gateway, echo, i));
      }
      exchanges.forEach(e -> Await.until("bytes flow", () -> e.received() > CHUNK));

      Files.createFile(directory.resolve(MemoryHog.BEGIN));
      Await.until(
          "the heap has been full and is free again",
          () -> Files.exists(directory.resolve(MemoryHog.DONE)));

      int whole = 0;
      for (Exchange exchange : exchanges) {
        whole += exchange.end() ? 1 : 0;
      }
      System.out.printf(
          "%d of %d tunnels went on, %d errors in the log%n",
          whole, TUNNELS, gateway.log().split("OutOfMemoryError", -1).length - 1);
      gateway.awaitNothingHeld();
      assertThat(Http.get(gateway.http("/health/ready")).status()).isEqualTo(200);
      for (int i = 0; i < TUNNELS; i++) {
        assertThat(new Exchange(gateway, echo, i).end()).as("a tunnel afterwards").isTrue();
      }
      gateway.awaitNothingHeld();
      AuditPairs.awaitEnds(audit, 2 * TUNNELS);
      AuditPairs.assertWhole(audit);
    }
  }

  /** A tunnel to an echo, which is asked a little all the time. */
  private static final class Exchange {
    private final BytePattern pattern;
    private final PatternCheck check;
    private final WsClient client;
    private final Future<Integer> closeCode;
    private final Future<Long> sent;
    private volatile boolean over;

    Exchange(GatewayServer gateway, TcpTarget echo, long seed) throws IOException {
      pattern = new BytePattern(seed);
      check = new PatternCheck(pattern);
      client = WsHandshake.to(gateway.tunnel(echo.port())).connect();
      closeCode = Background.call(() -> client.receiveAll(check).code());
      sent = Background.call(this::send);
    }

    private long send() throws InterruptedException {
      long done = 0;
      try {
        while (!over || done == 0) {
          client.send(pattern.bytes(done, CHUNK));
          done += CHUNK;
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (IOException ended) {
        return -1; // what came back is judged
      }
      return done;
    }

    long received() {
      return check.count();
    }

    /** Ends it; whether it had been there until now. All that came back was right either way. */
    boolean end() throws IOException {
      over = true;
      long all = Background.join(sent);
      boolean there = all >= 0 && !closeCode.isDone();
      if (there) {
        Await.until(
            "all has come back, or it has ended", () -> received() == all || closeCode.isDone());
        there = !closeCode.isDone();
      }
      if (there) {
        client.sendClose(1000);
        assertThat(Background.join(closeCode)).isEqualTo(1000);
      }
      Background.join(closeCode);
      check.assertIntact();
      client.close();
      return there;
    }
  }
}
