package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.UnansweringPort;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame;
import dev.sluice.testkit.WsFrame.Close;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clean ends, each named by the state it starts from: nothing that was sent is lost. */
abstract class EndsContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(21);

  @Test
  void dialling_nobodyListens_4502() throws Exception {
    WsClient client = open(Ports.free());

    assertEnd(client.awaitClose(), 4502);
  }

  @Test
  void dialling_nobodyAnswers_4504() throws Exception {
    try (UnansweringPort port = new UnansweringPort()) {
      WsClient client = open(port.port());

      assertEnd(client.awaitClose(), 4504);
    }
  }

  @Test
  void dialling_whatTheClientSendsMeanwhileArrivesFirst() throws Exception {
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget sink = keep(Targets.sink(got));
    for (int i = 0; i < 20; i++) {
      WsClient client = open(keep(Targets.echo()));
      client.send(PATTERN, 5000, Chunking.random(i, 500));
      PatternCheck back = new PatternCheck(PATTERN);
      client.receive(back, 5000);
      back.assertExactly(5000);
    }

    WsClient client = open(sink);
    client.send(PATTERN, MIB, Chunking.whole(16 * KIB));
    client.sendClose(1000);

    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(MIB);
  }

  @Test
  void dialling_closedByTheClient_theDialIsGivenUp() throws Exception {
    try (UnansweringPort port = new UnansweringPort()) {
      WsClient client = open(port.port());
      client.send(new byte[1000]);
      client.sendClose(1000);

      client.awaitClose();
      awaitNothingHeld();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000})
  void idle_closedByTheClient_targetSeesACleanEnd(int code) throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsClient client = open(silent);
    TargetConnection target = silent.connection();

    client.sendClose(code);

    assertEnd(client.awaitClose(), code, 1000);
    assertThat(target.awaitEnd()).isEqualTo(End.FIN);
  }

  @Test
  void idle_closedWithoutACode_targetSeesACleanEnd() throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsClient client = open(silent);
    TargetConnection target = silent.connection();

    client.sendFrame(true, WsFrame.CLOSE, new byte[0]);

    assertEnd(client.awaitClose(), 1005, 1000);
    assertThat(target.awaitEnd()).isEqualTo(End.FIN);
  }

  @Test
  void idle_targetCloses_1000() throws Exception {
    WsClient client = open(keep(Targets.closing()));

    assertEnd(client.awaitClose(), 1000);
  }

  @Test
  void flowingUp_closedByTheClient_targetReadsItAllThenTheEnd() throws Exception {
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget slow = keep(Targets.sink(got, 8L * MIB));
    WsClient client = open(slow);

    client.send(PATTERN, 8 * MIB, Chunking.random(4, 64 * KIB));
    client.sendClose(1001);

    assertEnd(client.awaitClose(), 1001, 1000);
    assertThat(slow.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(8 * MIB);
  }

  @Test
  void flowingUp_targetEndsItsHalf_stillGetsAllThatWasSent() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget target =
        keep(
            TcpTarget.serving(
                c -> {
                  release.await();
                  c.finish();
                  c.receiveAll(got, 4L * MIB);
                },
                32 * KIB));
    WsClient client = open(target);
    int size = 700 * KIB;

    client.send(PATTERN, size, Chunking.whole(16 * KIB));
    client.ping(new byte[] {1});
    while (client.pongs().isEmpty()) {
      client.read();
    }
    release.countDown();

    assertEnd(client.awaitClose(), 1000);
    assertThat(target.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(size);
  }

  @Test
  void flowingDown_closedByTheClient_theTunnelEnds() throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = open(source);
    PatternCheck got = new PatternCheck(PATTERN);
    client.receive(got, 4L * MIB);

    client.sendClose(1000);

    assertEnd(client.receiveAll(got), 1000, LOST);
    got.assertIntact();
    Await.until("the target's send fails", source.connection()::finished);
  }

  @Test
  void flowingDown_whatTheClientSendsBehindItsCloseDoesNotCostItOurs() throws Exception {
    WsClient client = open(keep(Targets.source(PATTERN, 1L << 40)));
    PatternCheck got = new PatternCheck(PATTERN);
    client.receive(got, MIB);
    client.answerNoPings();
    while (client.pingsSeen() == 0) {
      client.receive(got, got.count() + MIB);
    }

    client.sendClose(1000);
    try {
      for (int i = 0; i < 200; i++) { // as one that answers late
        client.sendFrame(true, WsFrame.PONG, new byte[8]);
        Thread.sleep(1);
      }
    } catch (SocketException cutOff) {
      assertThat(fast()).as("cut off: " + cutOff).isFalse();
    }

    assertEnd(client.receiveAll(got), 1000, LOST);
    got.assertIntact();
  }

  /** §7.1.1: that is for the server to do, and browsers wait for it. */
  @Test
  void closedByTheClient_theServerEndsTheConnection() throws Exception {
    WsClient client = open(keep(Targets.echo()));
    client.sendClose(1000);
    assertEnd(client.awaitClose(), 1000);
    long since = System.nanoTime();

    client.awaitEnd();
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    assertThat(took).as("not by the limit of 10 s").isLessThan(Duration.ofSeconds(7));
  }

  @Test
  void gatedDown_targetClosed_clientGetsAllThatWaitsThen1000() throws Exception {
    int size = 3 * MIB;
    TcpTarget source = keep(Targets.source(PATTERN, size));
    WsClient client = openTight(source);
    Await.until("the target is gone", source.connection()::finished);
    PatternCheck got = new PatternCheck(PATTERN);

    assertEnd(client.receiveAll(got), 1000);
    got.assertExactly(size);
  }

  @Test
  void gatedDown_closedByTheClient_theTunnelEnds() throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = openTight(source);
    Await.rest("what the target could send", Duration.ofSeconds(1), source.connection()::sent);

    client.sendClose(1000);

    PatternCheck got = new PatternCheck(PATTERN);
    assertEnd(client.receiveAll(got), 1000, LOST);
    got.assertIntact();
    Await.until("the target's send fails", source.connection()::finished);
  }

  @Test
  void pausedUp_closedByTheClient_targetReadsItAllThenTheEnd() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget stuck = keep(Targets.stuck(got, release));
    WsClient client = openTight(stuck);
    Future<?> sending =
        Background.call(
            () -> {
              client.send(PATTERN, 32 * MIB, Chunking.whole(32 * KIB));
              client.sendClose(1000);
              return null;
            });
    Future<Close> closed = Background.call(client::awaitClose);
    Await.rest("what the client could send", Duration.ofSeconds(1), client::sent);

    release.countDown();
    Background.join(sending);

    assertEnd(Background.join(closed), 1000);
    assertThat(stuck.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(32 * MIB);
  }
}
