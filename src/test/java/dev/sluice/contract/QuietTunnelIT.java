package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tunnel that says nothing for longer than the servers' own limits for HTTP. */
@Tag("thorough")
@Timeout(240)
class QuietTunnelIT {

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  /** WildFly gives reads and writes 90 s, Payara a kept connection 30. */
  private static final Duration LONGER = Duration.ofSeconds(97);

  @Test
  void itOutlivesThem() throws Exception {
    try (TcpTarget echo = Targets.echo();
        Quiet embedded = Quiet.on(ServerKind.EMBEDDED, echo);
        Quiet wildFly = Quiet.on(ServerKind.WILDFLY, echo);
        Quiet payara = Quiet.on(ServerKind.PAYARA, echo)) {

      Thread.sleep(LONGER.toMillis());

      embedded.say();
      wildFly.say();
      payara.say();
    }
  }

  private record Quiet(GatewayServer server, WsClient client) implements AutoCloseable {

    static Quiet on(ServerKind kind, TcpTarget echo) throws Exception {
      GatewayServer server =
          GatewayServer.start(
              kind, SuiteConfig.on(Lane.FAST, "echo", echo.port()).tunnel("ping", "10m").yaml());
      Quiet quiet = new Quiet(server, WsHandshake.to(server.tunnel(echo.port())).connect());
      quiet.say();
      return quiet;
    }

    void say() throws Exception {
      client.send(HELLO);
      assertThat(client.receive(HELLO.length)).isEqualTo(HELLO);
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }
}
