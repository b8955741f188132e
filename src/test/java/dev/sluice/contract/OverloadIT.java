package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.HttpReply;
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

/** A node whose memory budget is spent by clients that do not read. */
@Tag("quiet")
@Timeout(120)
class OverloadIT {

  private static final long BUDGET = 1L << 20;

  @ParameterizedTest
  @EnumSource
  void aSpentBudgetRefusesNewTunnelsAndComesBackWhenTheStuckOnesGo(Lane lane) throws Exception {
    try (TcpTarget source = Targets.source(new BytePattern(3), 1L << 40);
        GatewayServer server =
            GatewayServer.start(
                ServerKind.EMBEDDED,
                SuiteConfig.on(lane, "source", source.port())
                    .tunnel("memory-budget", "1MiB")
                    .yaml())) {
      List<WsClient> stuck = new ArrayList<>();
      boolean room = true;
      while (room) {
        assertThat(stuck).as("tunnels that fit into the budget").hasSizeLessThan(100);
        try {
          stuck.add(WsHandshake.to(server.tunnel(source.port())).connect());
          double before = stuck.size() * 32_768.0;
          Await.until("it is stuck", () -> server.metric("sluice_buffered_bytes") > before);
        } catch (AssertionError refused) {
          room = false;
        }
      }
      HttpReply refusal = WsHandshake.to(server.tunnel(source.port())).ask();
      RefusalContract.assertProblem(refusal, 503, "overloaded");
      // one stuck tunnel alone could hold this budget: the marks have shrunk to let more in
      assertThat(stuck).hasSizeGreaterThan(4);
      assertThat(server.metric("sluice_buffered_bytes"))
          .isLessThan(BUDGET + stuck.size() * 131_072.0);

      for (WsClient client : stuck) {
        client.vanish();
      }
      Await.until("all are gone", () -> server.metric("sluice_tunnels_open") == 0);
      assertThat(server.metric("sluice_buffered_bytes")).isZero();
      WsHandshake.to(server.tunnel(source.port())).connect().vanish();
    }
  }
}
