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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whether the proven servers still give the channel out: without it a tunnel works, at half the
 * speed.
 */
@Timeout(120)
class OwnChannelIT {

  @ParameterizedTest
  @EnumSource(ServerKind.class)
  void aTunnelOfTheFastLaneHasItsChannelToItself(ServerKind kind) throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            GatewayServer.start(kind, SuiteConfig.on(Lane.FAST, "echo", echo.port()).yaml());
        WsClient client = WsHandshake.to(server.tunnel(echo.port())).connect()) {
      client.send(new byte[64]);
      client.receive(64);
      assertThat(Jcmd.bytes(server.pid(), "dev.sluice.frames.stream.ChannelStream")).isPositive();
    }
  }
}
