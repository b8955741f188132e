package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.UnansweringPort;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends by a failure, each named by the state it starts from: all is let go, nobody is lied to. */
abstract class BrokenEndsContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(31);
  private static final Duration QUIET = Duration.ofSeconds(1);

  /** How a client goes without a close frame. */
  enum Vanishing {
    RESET {
      @Override
      void vanish(WsClient client) throws IOException {
        client.vanish();
      }
    },
    FIN {
      @Override
      void vanish(WsClient client) throws IOException {
        client.close();
      }
    },
    HALF_CLOSE {
      @Override
      void vanish(WsClient client) throws IOException {
        client.finish();
      }
    };

    abstract void vanish(WsClient client) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void dialling_clientVanishes_theDialIsGivenUp(Vanishing how) throws Exception {
    try (UnansweringPort port = new UnansweringPort()) {
      how.vanish(open(port.port()));

      awaitNothingHeld();
    }
  }

  @ParameterizedTest
  @EnumSource
  void idle_clientVanishes_targetSeesAReset(Vanishing how) throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsClient client = open(silent);
    TargetConnection target = silent.connection();

    how.vanish(client);

    assertThat(target.awaitEnd()).isEqualTo(End.RESET);
  }

  @Test
  void idle_targetResets_1011() throws Exception {
    TcpTarget resetting =
        keep(
            TcpTarget.serving(
                c -> {
                  c.receive(1);
                  c.reset();
                }));
    WsClient client = open(resetting);

    client.send(new byte[1]);

    assertEnd(client.awaitClose(), 1011);
  }

  @Test
  void connected_targetResetsAtOnce_1011() throws Exception {
    WsClient client = open(keep(Targets.resetting()));

    // the reset may also beat the end of the dial
    assertThat(client.awaitClose().code()).isIn(1011, 4502);
  }

  @Test
  void idle_clientBreaksTheProtocol_targetSeesAReset() throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsClient client = open(silent);
    TargetConnection target = silent.connection();

    client.sendFrame(true, 3, new byte[] {1});

    assertEnd(client.awaitClose(), 1002, 1003, LOST);
    assertThat(target.awaitEnd()).isEqualTo(End.RESET);
  }

  @ParameterizedTest
  @EnumSource
  void flowingDown_clientVanishes_theTargetIsLetGo(Vanishing how) throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = open(source);
    client.receive(new PatternCheck(PATTERN), 2L * MIB);

    how.vanish(client);

    assertThat(source.connection().awaitEnd()).isEqualTo(End.RESET);
  }

  @Test
  void flowingUp_clientVanishes_targetSeesAReset() throws Exception {
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget slow = keep(Targets.sink(got, 2L * MIB));
    WsClient client = open(slow);
    client.send(PATTERN, 2 * MIB, Chunking.whole(32 * KIB));
    Await.until("bytes flow", () -> slow.connection().received() > 0);

    client.vanish();

    assertThat(slow.connection().awaitEnd()).isEqualTo(End.RESET);
    got.assertIntact();
  }

  @Test
  void flowingUp_targetResets_1011() throws Exception {
    TcpTarget target =
        keep(
            TcpTarget.serving(
                c -> {
                  c.receive(MIB);
                  c.reset();
                }));
    WsClient client = open(target);
    Future<Close> closed = Background.call(client::awaitClose);

    sendUntilItFails(client);

    assertEnd(Background.join(closed), 1011, LOST);
  }

  @Test
  void flowingDown_targetResets_1011() throws Exception {
    TcpTarget target =
        keep(
            TcpTarget.serving(
                c -> {
                  c.send(PATTERN, 2L * MIB);
                  c.receive(1);
                  c.reset();
                }));
    WsClient client = open(target);
    PatternCheck got = new PatternCheck(PATTERN);
    client.receive(got, 2L * MIB);

    client.send(new byte[1]);

    assertEnd(client.receiveAll(got), 1011);
    got.assertExactly(2L * MIB);
  }

  @ParameterizedTest
  @EnumSource
  void gatedDown_clientVanishes_theTargetIsLetGo(Vanishing how) throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = openTight(source);
    Await.rest("what the target could send", QUIET, source.connection()::sent);

    how.vanish(client);

    assertThat(source.connection().awaitEnd()).isEqualTo(End.RESET);
  }

  @Test
  void gatedDown_targetResets_clientGetsRightBytesThen1011() throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    TcpTarget target =
        keep(
            TcpTarget.serving(
                c -> {
                  Background.run("resetter", () -> resetAfter(reset, c));
                  c.send(PATTERN, 1L << 40);
                }));
    WsClient client = openTight(target);
    Await.rest("what the target could send", QUIET, target.connection()::sent);

    reset.countDown();

    PatternCheck got = new PatternCheck(PATTERN);
    assertEnd(client.receiveAll(got), 1011, LOST);
    got.assertIntact();
  }

  private static void resetAfter(CountDownLatch latch, TargetConnection connection) {
    try {
      latch.await();
      connection.reset();
    } catch (InterruptedException | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pausedUp_clientVanishes_targetSeesAReset() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget stuck = keep(Targets.stuck(got, release));
    WsClient client = openTight(stuck);
    Background.run("sender", () -> sendUntilItFails(client));
    Await.rest("what the client could send", QUIET, client::sent);

    client.vanish();

    awaitNothingHeld();
    release.countDown();
    assertThat(stuck.connection().awaitEnd()).isEqualTo(End.RESET);
    got.assertIntact();
  }

  @Test
  void pausedUp_targetResets_1011() throws Exception {
    CountDownLatch reset = new CountDownLatch(1);
    TcpTarget target = keep(TcpTarget.serving(c -> resetAfter(reset, c), 32 * KIB));
    WsClient client = openTight(target);
    Background.run("sender", () -> sendUntilItFails(client));
    Future<Close> closed = Background.call(client::awaitClose);
    Await.rest("what the client could send", QUIET, client::sent);

    reset.countDown();

    assertEnd(Background.join(closed), 1011, LOST);
  }

  private static void sendUntilItFails(WsClient client) {
    try {
      client.send(PATTERN, 1L << 40, Chunking.whole(32 * KIB));
    } catch (IOException theServerEndedIt) {
      // as it should
    }
  }

  @Test
  void fiftyClientsThatDropRightAfterTheHandshakeLeaveNothing() throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsHandshake handshake = WsHandshake.to(gateway().tunnel(silent.port()));

    for (int i = 0; i < 50; i++) {
      WsClient client = handshake.connect();
      if (i % 2 == 0) {
        client.vanish();
      } else {
        client.close();
      }
    }

    awaitNothingHeld();
    Await.until(
        "the targets are let go",
        () -> silent.connections().stream().allMatch(TargetConnection::finished));
  }
}
