package dev.sluice.contract;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the embedded server keeps of a connection that the fast lane has taken over. */
@Timeout(120)
class HandedOverIT {

  private static final String CONNECTION = "org.glassfish.grizzly.nio.transport.TCPNIOConnection";
  private static final String REQUEST =
      "org.glassfish.grizzly.http.HttpServerFilter$ServerHttpRequestImpl";

  private static final int TUNNELS = 100;

  /** Those of HTTP: the test's own questions. */
  private static final int FEW = 20;

  @Test
  void nothingOfATunnelsHandshakeStaysWithTheServer() throws Exception {
    try (TcpTarget silent = Targets.silent();
        GatewayServer server =
            GatewayServer.start(
                ServerKind.EMBEDDED, SuiteConfig.on(Lane.FAST, "silent", silent.port()).yaml())) {
      List<WsClient> clients = new ArrayList<>();
      for (int i = 0; i < TUNNELS; i++) {
        clients.add(WsHandshake.to(server.tunnel(silent.port())).connect());
      }
      Await.until("all are open", () -> server.metric("sluice_tunnels_open") == TUNNELS);
      Await.until(
          "Grizzly forgets the connections", () -> Jcmd.instances(server.pid(), CONNECTION) < FEW);
      Await.until("and their requests", () -> Jcmd.instances(server.pid(), REQUEST) < FEW);
      for (WsClient client : clients) {
        client.vanish();
      }
    }
  }
}
