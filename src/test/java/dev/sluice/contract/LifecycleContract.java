package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of time, and changes of the configuration while the server runs. */
abstract class LifecycleContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(41);

  @AfterEach
  void restore() throws IOException {
    subject().reload(subject().usual());
  }

  @Test
  void aTunnelWhereNothingMovesEnds_4408() throws Exception {
    subject().reload(subject().usual().tunnel("idle-timeout", "1s"));
    TcpTarget silent = keep(Targets.silent());
    WsClient client = open(silent);

    assertEnd(client.awaitClose(), 4408);
    assertThat(silent.connection().awaitEnd()).isEqualTo(End.RESET);
  }

  @Test
  void aTunnelWhereBytesMoveIsNotIdle() throws Exception {
    subject().reload(subject().usual().tunnel("idle-timeout", "2s"));
    WsClient client = open(keep(Targets.source(PATTERN, 4L * MIB, MIB)));
    PatternCheck got = new PatternCheck(PATTERN);

    assertEnd(client.receiveAll(got), 1000);
    got.assertExactly(4L * MIB);
  }

  @Test
  void aTunnelOfFullAgeEndsAlsoWhenBytesMove_4408() throws Exception {
    subject().reload(subject().usual().tunnel("session-limit", "1s"));
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40, MIB));
    WsClient client = open(source);

    assertEnd(client.awaitClose(), 4408);
    assertThat(source.connection().awaitEnd()).isEqualTo(End.RESET);
  }

  @Test
  void aClientThatReadsNothingForTheStallLimitEndsItsTunnel() throws Exception {
    subject().reload(subject().usual().tunnel("stall-timeout", "1s"));
    double before = ends("stalled");
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = openTight(source);

    assertThat(source.connection().awaitEnd()).isEqualTo(End.RESET);
    Await.until("counted as stalled", () -> ends("stalled") == before + 1);
    // what the kernels hold comes first; no close frame gets past a client that is stuck in another
    assertThat(client.awaitClose().code()).isIn(4408, 1006);
  }

  @Test
  void aTargetThatReadsNothingForTheStallLimitEndsItsTunnel_4408() throws Exception {
    subject().reload(subject().usual().tunnel("stall-timeout", "1s"));
    double before = ends("stalled");
    CountDownLatch release = new CountDownLatch(1);
    TcpTarget stuck = keep(Targets.stuck(new PatternCheck(PATTERN), release));
    WsClient client = openTight(stuck);
    Future<Close> closed = Background.call(client::awaitClose);
    Background.run("sender", () -> sendUntilItFails(client));

    assertEnd(Background.join(closed), 4408, LOST);
    Await.until("counted as stalled", () -> ends("stalled") == before + 1);
    release.countDown();
    assertThat(stuck.connection().awaitEnd()).isEqualTo(End.RESET);
  }

  private static void sendUntilItFails(WsClient client) {
    try {
      client.send(PATTERN, 1L << 40, Chunking.whole(32 * KIB));
    } catch (IOException theServerEndedIt) {
      // as it should
    }
  }

  @Test
  void aChangedRuleEndsTheTunnelsItRevokesAndNoOthers_4403() throws Exception {
    TcpTarget revoked = keep(Targets.silent());
    TcpTarget other = keep(Targets.echo());
    WsClient client = open(revoked);
    WsClient bystander = open(other);
    revoked.connection();

    subject().reload(subject().usual().denying(revoked.port()));

    assertEnd(client.awaitClose(), 4403);
    assertThat(revoked.connection().awaitEnd()).isEqualTo(End.RESET);
    assertThat(WsHandshake.to(gateway().tunnel(revoked.port())).ask().status()).isEqualTo(403);
    assertEchoes(bystander);
  }

  @Test
  void aBrokenFileIsReportedAndTheOldRulesStay() throws Exception {
    WsClient open = open(keep(Targets.echo()));

    gateway().rewriteConfig(subject().usual().yaml() + "\nunheard-of-key: 1\n");
    Await.until(
        "the broken file is reported",
        () -> {
          assertEchoes(open); // who reads nothing answers no ping, and is given up
          return gateway().log().contains("unheard-of-key");
        });

    assertEchoes(open);
    assertEchoes(open(keep(Targets.echo())));
  }

  private static void assertEchoes(WsClient client) throws IOException {
    client.send(new byte[] {7});
    assertThat(client.receive(1)).containsExactly(7);
  }
}
