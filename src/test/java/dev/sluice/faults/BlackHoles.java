package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * Tunnels whose packets the kernel drops, with neither a reset nor an end for anybody to see. A
 * main class: it drops packets of its whole network namespace, and is to have one of its own.
 */
final class BlackHoles {

  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: %s, ping: 1s, stall-timeout: 5s, idle-timeout: 8s}
      limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0, targets-per-minute: 0}
      """;

  private static final BytePattern PATTERN = new BytePattern(17);
  private static final long UNENDING = 1L << 40;

  /** What crosses a link that loses a twentieth of its packets in some seconds. */
  private static final long LOSSY = 4 << 20;

  private final GatewayServer gateway;
  private final PacketFilter filter;
  private final Map<String, Integer> ends = new HashMap<>();

  private BlackHoles(GatewayServer gateway) {
    this.gateway = gateway;
    this.filter = new PacketFilter();
  }

  /** Starts the named server with the named lane and asks it everything. */
  public static void main(String[] arguments) throws Exception {
    Lane lane = Lane.valueOf(arguments[1]);
    try (GatewayServer gateway =
        GatewayServer.start(ServerKind.valueOf(arguments[0]), CONFIG.formatted(lane.word()))) {
      BlackHoles holes = new BlackHoles(gateway);
      holes.anIdleClientInABlackHoleIsLost();
      holes.aReadingClientInABlackHoleStalls();
      holes.anIdleTargetInABlackHoleEndsByTheIdleLimit();
      holes.aReadingTargetInABlackHoleStalls();
      holes.lossDelaysAndLosesNothing();
    }
    System.exit(0); // whatever still runs in the background
  }

  private void anIdleClientInABlackHoleIsLost() throws IOException {
    try (TcpTarget echo = Targets.echo();
        WsClient client = open(echo)) {
      client.send(new byte[100]);
      client.receive(100);
      Background.run("answering", client::awaitClose);

      filter.swallow(client.localPort());

      assertThat(echo.connection().awaitEnd()).isEqualTo(TargetConnection.End.RESET);
      awaitEnd("client_lost");
    }
  }

  private void aReadingClientInABlackHoleStalls() throws IOException {
    try (TcpTarget source = Targets.source(PATTERN, UNENDING);
        WsClient client = open(source)) {
      PatternCheck check = new PatternCheck(PATTERN);
      client.receive(check, 1 << 20);
      Background.run("reading", () -> client.receiveAll(check));

      filter.swallow(client.localPort());

      assertThat(source.connection().awaitEnd()).isEqualTo(TargetConnection.End.RESET);
      check.assertIntact();
      awaitEnd("stalled");
    }
  }

  private void anIdleTargetInABlackHoleEndsByTheIdleLimit() throws IOException {
    try (TcpTarget echo = Targets.echo();
        WsClient client = open(echo)) {
      client.send(new byte[100]);
      client.receive(100);

      filter.swallow(echo.port());

      assertThat(client.awaitClose().code()).isEqualTo(4408);
      awaitEnd("idle_timeout");
    }
  }

  private void aReadingTargetInABlackHoleStalls() throws IOException {
    PatternCheck check = new PatternCheck(PATTERN);
    try (TcpTarget sink = Targets.sink(check);
        WsClient client = open(sink)) {
      Future<Close> end = Background.call(client::awaitClose);
      Background.run("sending", () -> sendUntilItEnds(client));
      Await.until("it flows", () -> check.count() > 1 << 20);

      filter.swallow(sink.port());

      // whose close frame may be lost, as what it sends is read no more
      assertThat(Background.join(end).code()).isIn(4408, 1006);
      check.assertIntact();
      awaitEnd("stalled");
    }
  }

  private void lossDelaysAndLosesNothing() throws IOException {
    PatternCheck up = new PatternCheck(PATTERN);
    PatternCheck down = new PatternCheck(PATTERN);
    try (TcpTarget sink = Targets.sink(up);
        TcpTarget source = Targets.source(PATTERN, LOSSY);
        WsClient sender = open(sink);
        WsClient receiver = open(source)) {
      filter.lose(5);
      Future<Close> received = Background.call(() -> receiver.receiveAll(down));
      Future<Close> sent = Background.call(sender::awaitClose);
      sender.send(PATTERN, LOSSY, Chunking.whole(16_384));
      sender.sendClose(1000);

      assertThat(Background.join(received).code()).isEqualTo(1000);
      assertThat(Background.join(sent).code()).isEqualTo(1000);
      assertThat(sink.connection().awaitEnd()).isEqualTo(TargetConnection.End.FIN);
      down.assertExactly(LOSSY);
      up.assertExactly(LOSSY);
    }
    filter.heal();
    gateway.awaitNothingHeld();
  }

  private static void sendUntilItEnds(WsClient client) {
    try {
      client.send(PATTERN, UNENDING, Chunking.whole(16_384));
    } catch (IOException ended) {
      // how is read from the other direction
    }
  }

  private WsClient open(TcpTarget target) throws IOException {
    return WsHandshake.to(gateway.tunnel(target.port())).connect();
  }

  /** While nothing of it arrives, all of it goes: this tunnel was the only one. */
  private void awaitEnd(String outcome) {
    int expected = ends.merge(outcome, 1, Integer::sum);
    Await.until(
        "it ended as " + outcome,
        () -> gateway.metrics().sum("sluice_ends_total", "outcome", outcome) == expected);
    gateway.awaitNothingHeld();
    System.out.println(outcome + ": as it should, and nothing is left");
    filter.heal();
  }
}
