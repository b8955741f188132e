package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.Jcmd;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.UnansweringPort;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR goes away while its server lives on: nothing of it may stay behind. */
@Tag("thorough")
@Timeout(240)
class UndeployIT {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource
  void anUndeployEndsTunnelsInEveryStateAndLeavesNoThread(Lane lane) throws Exception {
    try (TcpTarget echo = Targets.echo();
        TcpTarget source = Targets.source(new BytePattern(7), 1L << 40);
        UnansweringPort silent = new UnansweringPort();
        GatewayServer server =
            GatewayServer.start(
                ServerKind.WILDFLY,
                SuiteConfig.on(lane, "echo", echo.port())
                        .tunnel("dial-timeout", "2m")
                        .tunnel("ping", "30s")
                        .yaml()
                    + "drain: {time: 0s}\n")) {
      Deployment deployment = Deployment.of(ServerKind.WILDFLY, server);
      for (int round = 0; round < 2; round++) {
        WsClient idle = WsHandshake.to(server.tunnel(echo.port())).connect();
        idle.send(HELLO);
        assertThat(idle.receive(HELLO.length)).isEqualTo(HELLO);
        WsClient gated = WsHandshake.to(server.tunnel(source.port())).connect();
        Await.until("the gate is shut", () -> server.metric("sluice_buffered_bytes") > 520_000);
        WsClient dialling = WsHandshake.to(server.tunnel(silent.port())).connect();
        Await.until("all are open", () -> server.metric("sluice_tunnels_open") == 3);
        assertThat(Jcmd.threads(server.pid(), "sluice-")).isPositive();

        CompletableFuture<WsFrame.Close> idleEnd = CompletableFuture.supplyAsync(idle::awaitClose);
        CompletableFuture<WsFrame.Close> diallingEnd =
            CompletableFuture.supplyAsync(dialling::awaitClose);

        deployment.undeploy();

        // whichever is first: the server's own farewell or ours
        assertThat(idleEnd.get(60, TimeUnit.SECONDS).code()).isIn(1001, 1012);
        assertThat(diallingEnd.get(60, TimeUnit.SECONDS).code()).isIn(1001, 1012);
        assertThat(source.connections().get(round).awaitEnd())
            .isEqualTo(TargetConnection.End.RESET);
        Await.until("no thread is left", () -> Jcmd.threads(server.pid(), "sluice-") == 0);
        assertThat(Jcmd.threads(server.pid(), "dnsjava")).isZero();
        gated.close();
        deployment.deploy();
        Await.until("deployed again", () -> Http.get(server.http("/health/ready")).status() == 200);
      }
    }
  }

  /** The standard lane's tunnels are the server's, which ends them before it tells us. */
  @ParameterizedTest
  @EnumSource(names = {"WILDFLY", "PAYARA"})
  void anUndeployLetsTunnelsOfTheFastLaneGoOnForTheDrainTime_1012(ServerKind kind)
      throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            Deployment.start(
                kind,
                SuiteConfig.on(Lane.FAST, "echo", echo.port()).yaml() + "drain: {time: 6s}\n")) {
      Deployment deployment = Deployment.of(kind, server);
      try (WsClient brief = WsHandshake.to(server.tunnel(echo.port())).connect();
          WsClient lasting = WsHandshake.to(server.tunnel(echo.port())).connect()) {
        lasting.send(HELLO);
        assertThat(lasting.receive(HELLO.length)).isEqualTo(HELLO);
        Future<Object> undeployed =
            Background.call(
                () -> {
                  deployment.undeploy();
                  return kind;
                });

        Await.until(
            "nothing new is admitted",
            () -> Http.get(server.http("/health/ready")).status() != 200);
        brief.send(HELLO);
        assertThat(brief.receive(HELLO.length)).isEqualTo(HELLO);
        brief.sendClose(1000);
        assertThat(brief.awaitClose().code()).isEqualTo(1000);
        lasting.send(HELLO);
        assertThat(lasting.receive(HELLO.length)).isEqualTo(HELLO);
        assertThat(undeployed.isDone()).isFalse();
        assertThat(lasting.awaitClose().code()).isEqualTo(1012);
        Background.join(undeployed);
      }
      Await.until("no thread is left", () -> Jcmd.threads(server.pid(), "sluice-") == 0);
    }
  }
}
