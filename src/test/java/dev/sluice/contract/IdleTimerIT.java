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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Payara's own WebSocket engine schedules for tunnels of the standard lane. */
@Tag("thorough")
@Timeout(240)
class IdleTimerIT {

  private static final String TASK =
      "org.glassfish.enterprise.concurrent.internal.ManagedScheduledThreadPoolExecutor"
          + "$ManagedScheduledFutureTask";

  private static final byte[] MESSAGE = {1, 2, 3};

  @Test
  void noTaskIsScheduledForAnOpenTunnel() throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            GatewayServer.start(
                ServerKind.PAYARA, SuiteConfig.on(Lane.STANDARD, "echo", echo.port()).yaml())) {
      long before = Jcmd.instances(server.pid(), TASK);
      try (WsClient client = WsHandshake.to(server.tunnel(echo.port())).connect()) {
        client.send(MESSAGE);
        assertThat(client.receive(MESSAGE.length)).isEqualTo(MESSAGE);

        assertThat(Jcmd.instances(server.pid(), TASK)).isEqualTo(before);
      }
    }
  }
}
