package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Jcmd;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server keeps of a connection that the fast lane has taken over, and does with it. */
@Tag("thorough")
@Timeout(180)
class HandedOverIT {

  private static final String OUR_STREAM = "dev.sluice.frames.stream.ChannelStream";
  private static final int TUNNELS = 100;

  /** Those of HTTP: the test's own questions. */
  private static final int FEW = 20;

  @ParameterizedTest
  @EnumSource
  void nothingOfATunnelsHandshakeStaysWithTheServer(ServerKind kind) throws Exception {
    try (TcpTarget silent = Targets.silent();
        GatewayServer server =
            GatewayServer.start(
                kind,
                SuiteConfig.on(Lane.FAST, "silent", silent.port()).tunnel("ping", "1m").yaml())) {
      List<WsClient> clients = new ArrayList<>();
      for (int i = 0; i < TUNNELS; i++) {
        clients.add(WsHandshake.to(server.tunnel(silent.port())).connect());
      }
      Await.until("all are open", () -> server.metric("sluice_tunnels_open") == TUNNELS);
      // a server that shows its insides no longer: the tunnel works, at half the speed
      assertThat(Jcmd.instances(server.pid(), OUR_STREAM)).isEqualTo(TUNNELS);
      for (String type : ofEachRequest(kind)) {
        Await.until("no more of " + type, () -> Jcmd.instances(server.pid(), type) < FEW);
      }
      for (WsClient client : clients) {
        client.vanish();
      }
      Await.until("all have ended", () -> server.metric("sluice_tunnels_open") == 0);
      for (String type : ofEachConnection(kind)) {
        Await.until("no more of " + type, () -> Jcmd.instances(server.pid(), type) < FEW);
      }
    }
  }

  private static List<String> ofEachRequest(ServerKind kind) {
    return switch (kind) {
      case EMBEDDED, PAYARA ->
          List.of(
              "org.glassfish.grizzly.nio.transport.TCPNIOConnection",
              "org.glassfish.grizzly.http.HttpServerFilter$ServerHttpRequestImpl");
      case WILDFLY ->
          List.of(
              "io.undertow.server.HttpServerExchange",
              "io.undertow.servlet.spec.HttpServletRequestImpl");
    };
  }

  /** Where the server counts what it has accepted. */
  private static List<String> ofEachConnection(ServerKind kind) {
    return kind == ServerKind.WILDFLY
        ? List.of(
            "io.undertow.server.protocol.http.HttpServerConnection",
            "org.xnio.nio.NioSocketStreamConnection")
        : List.of();
  }
}
