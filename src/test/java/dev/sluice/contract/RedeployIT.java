package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.relay.IoLoop;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.Jcmd;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The WAR is taken away and put back ten times while tunnels carry: each time its threads go, and
 * the next one serves as the first did. In the end the classes of those before are gone too.
 */
@Tag("thorough")
@Timeout(600)
class RedeployIT {

  private static final int ROUNDS = 10;
  private static final int TUNNELS = 6;

  /**
   * Deployments whose classes may be loaded: the one that serves, and a few that parked workers of
   * the server's own pools still have in a frame of their stacks, for as long as they find nothing
   * to do. A leak would keep them all.
   */
  private static final int MOST_DEPLOYMENTS = 4;

  /** Workers with nothing to do end after a minute, in some pools after two. */
  private static final Duration UNTIL_GONE = Duration.ofMinutes(3);

  /** Enough requests at once to wake every parked worker up. */
  private static final int WORKERS = 64;

  @ParameterizedTest
  @EnumSource(names = {"WILDFLY", "PAYARA"})
  void tenRedeploysUnderLoadLeaveNoThreadsAndNoClasses(ServerKind kind) throws Exception {
    BytePattern pattern = new BytePattern(11);
    try (TcpTarget source = Targets.source(pattern, 1L << 40);
        TcpTarget echo = Targets.echo();
        GatewayServer server =
            start(kind, SuiteConfig.on(Lane.FAST, "echo", echo.port()).tunnel("ping", "30s"))) {
      Deployment deployment = Deployment.of(kind, server);
      deployment.redeploy(); // whatever a server does but once has been done
      long threads = Jcmd.threads(server.pid(), "sluice-");
      long before = Jcmd.metaspace(server.pid());
      for (int round = 0; round < ROUNDS; round++) {
        List<WsClient> tunnels = new ArrayList<>();
        List<Future<?>> loads = new ArrayList<>();
        for (int i = 0; i < TUNNELS; i++) {
          boolean down = i % 2 == 0;
          WsClient tunnel =
              WsHandshake.to(server.tunnel(down ? source.port() : echo.port())).connect();
          tunnels.add(tunnel);
          loads.add(
              Background.call(
                  () -> down ? tunnel.receiveAll(new PatternCheck(pattern)) : upload(tunnel)));
        }
        Await.until("bytes flow", () -> server.metric("sluice_bytes_total") > 1 << 22);
        deployment.redeploy();
        loads.forEach(Background::join);
        for (WsClient tunnel : tunnels) {
          tunnel.close();
        }
        assertThat(Http.get(server.http("/health/ready")).status()).isEqualTo(200);
      }
      Await.until(
          "as many threads as at first", () -> Jcmd.threads(server.pid(), "sluice-") == threads);
      long since = System.nanoTime();
      AtomicLong deployments = new AtomicLong();
      Await.until(
          "the classes of the deployments before are gone",
          UNTIL_GONE,
          () -> {
            wakeWorkers(server);
            deployments.set(Jcmd.copies(server.pid(), IoLoop.class));
            if (deployments.get() > MOST_DEPLOYMENTS) {
              throw new IOException("classes of " + deployments + " deployments");
            }
            return true;
          });
      long after = Jcmd.metaspace(server.pid());
      System.out.printf(
          "%s: classes of %d deployments after %d s, metaspace %d MB before and %d MB after%n",
          kind,
          deployments.get(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since),
          before >> 20,
          after >> 20);
      assertThat(deployments).as("the class is there at all").hasPositiveValue();
      assertThat(after).as("metaspace").isLessThan(before + before / 4);
    }
  }

  /** A worker that has something new to do forgets what it did last. */
  private static void wakeWorkers(GatewayServer server) {
    List<Future<?>> requests = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      requests.add(Background.call(() -> Http.get(server.http("/health/live"))));
    }
    requests.forEach(Background::join);
  }

  private static GatewayServer start(ServerKind kind, SuiteConfig config) {
    return Deployment.start(kind, config.yaml() + "drain: {time: 300ms}\n");
  }

  private static Object upload(WsClient tunnel) {
    byte[] bytes = new byte[16_384];
    Background.run("reader", tunnel::awaitClose);
    try {
      while (true) {
        tunnel.send(bytes);
      }
    } catch (IOException ended) {
      return ended;
    }
  }
}
