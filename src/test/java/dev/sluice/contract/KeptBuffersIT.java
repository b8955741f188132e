package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Payara keeps of the standard lane's tunnels that send a little beside an upload. */
@Tag("thorough")
@Timeout(120)
class KeptBuffersIT {

  private static final String ARRAYS = "[B";
  private static final int TUNNELS = 100;
  private static final int LITTLE = 64;

  /** Of an upload, as much as several workers read at a time. */
  private static final int MUCH = 64 << 10;

  private static final int TIMES = 4;

  /** Two buffers, of the handshake and of what came last, at 4 KiB each; and as much to spare. */
  private static final long MOST = 16 << 10;

  @Test
  void aTunnelKeepsNothingOfTheBuffersOfAnother() throws Exception {
    try (TcpTarget echo = Targets.echo();
        TcpTarget sink = Targets.silent();
        GatewayServer server =
            GatewayServer.start(
                ServerKind.PAYARA,
                SuiteConfig.on(Lane.STANDARD, "echo", echo.port()).tunnel("ping", "1m").yaml());
        WsClient upload = WsHandshake.to(server.tunnel(sink.port())).connect()) {
      List<WsClient> clients = open(server, echo, upload); // what comes but once
      long before = Jcmd.bytes(server.pid(), ARRAYS);
      clients.addAll(open(server, echo, upload));
      long each = (Jcmd.bytes(server.pid(), ARRAYS) - before) / TUNNELS;
      assertThat(each).as("bytes that a tunnel keeps").isBetween(0L, MOST);
      for (WsClient client : clients) {
        client.vanish();
      }
    }
  }

  private static List<WsClient> open(GatewayServer server, TcpTarget echo, WsClient upload)
      throws Exception {
    List<WsClient> clients = new ArrayList<>();
    for (int i = 0; i < TUNNELS; i++) {
      for (int piece = 0; piece < TIMES; piece++) {
        upload.send(new byte[MUCH]);
      }
      WsClient client = WsHandshake.to(server.tunnel(echo.port())).connect();
      client.send(new byte[LITTLE]);
      client.receive(LITTLE);
      clients.add(client);
    }
    return clients;
  }
}
