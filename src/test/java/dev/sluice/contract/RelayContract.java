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
import dev.sluice.testkit.WsFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every byte arrives, once, in order, however it is cut. */
abstract class RelayContract extends GatewayContract {

  private static final BytePattern DOWN = new BytePattern(1);
  private static final BytePattern UP = new BytePattern(2);

  private boolean reloaded;

  @AfterEach
  void restore() throws IOException {
    if (reloaded) {
      subject().reload(subject().usual());
    }
  }

  /**
   * Where an engine hands on whole messages only, a slow machine may take seconds for the first.
   */
  private void expectNoSignsOfLife() throws IOException {
    reloaded = true;
    subject().reload(subject().usual().tunnel("ping", "30s"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 65_535, 65_536, MIB, MIB + 1, 3_000_000, 16 * MIB, 64 * MIB})
  void everythingTheTargetSendsArrivesBeforeTheClose(int size) throws Exception {
    TcpTarget source = keep(Targets.source(DOWN, size));
    WsClient client = open(source);
    PatternCheck got = new PatternCheck(DOWN);

    assertEnd(client.receiveAll(got), 1000);
    got.assertExactly(size);
    assertThat(client.longestMessage()).isLessThanOrEqualTo(MIB);
    assertThat(client.emptyMessages()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 65_535, 65_536, MIB, MIB + 1, 3_000_000, 16 * MIB, 64 * MIB})
  void everythingTheClientSendsArrivesBeforeTheEnd(int size) throws Exception {
    PatternCheck got = new PatternCheck(UP);
    TcpTarget sink = keep(Targets.sink(got));
    WsClient client = open(sink);

    client.send(UP, size, Chunking.random(size, 64 * KIB));
    client.sendClose(1000);

    assertEnd(client.awaitClose(), 1000);
    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(size);
  }

  @Test
  void bothDirectionsAtOnceKeepTheirOrder() throws Exception {
    WsClient client = open(keep(Targets.echo()));

    roundTrip(client, UP, 16 * MIB);
  }

  @Test
  void sixtyFourTunnelsAtOnceNeverMixTheirBytes() throws Exception {
    expectNoSignsOfLife();
    TcpTarget echo = keep(Targets.echo());
    List<Future<?>> tunnels = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      WsClient client = open(echo);
      BytePattern own = new BytePattern(1000 + i);
      tunnels.add(
          Background.call(
              () -> {
                roundTrip(client, own, MIB);
                return null;
              }));
    }

    tunnels.forEach(Background::join);
    assertThat(echo.accepted()).isEqualTo(64);
  }

  private static void roundTrip(WsClient client, BytePattern pattern, int size) throws Exception {
    PatternCheck back = new PatternCheck(pattern);
    Future<?> sending =
        Background.call(
            () -> {
              client.send(pattern, size, Chunking.random(pattern.seed(), 64 * KIB));
              return null;
            });
    client.receive(back, size);
    Background.join(sending);
    back.assertExactly(size);
  }

  @Test
  void manyTinyMessagesKeepTheirOrder() throws Exception {
    PatternCheck got = new PatternCheck(UP);
    TcpTarget sink = keep(Targets.sink(got));
    WsClient client = open(sink);

    client.send(UP, 100_000, Chunking.random(3, 16));
    client.sendClose(1000);

    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(100_000);
  }

  @Test
  void aFrameOfThreeMebibytesPasses() throws Exception {
    expectNoSignsOfLife();
    PatternCheck got = new PatternCheck(UP);
    TcpTarget sink = keep(Targets.sink(got));
    WsClient client = open(sink);

    client.send(UP, 3 * MIB, Chunking.whole(3 * MIB));
    client.sendClose(1000);

    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(3 * MIB);
  }

  @Test
  void aMessageOfManyFragmentsIsNeverGatheredFirst() throws Exception {
    PatternCheck got = new PatternCheck(UP);
    TcpTarget sink = keep(Targets.sink(got));
    WsClient client = open(sink);
    int pieces = 256;
    int piece = 32 * KIB;

    for (int i = 0; i < pieces; i++) {
      int opcode = i == 0 ? WsFrame.BINARY : WsFrame.CONTINUATION;
      client.sendFrame(false, opcode, UP.bytes((long) i * piece, piece));
    }
    // a server may hold back one buffer of an unfinished message, but not the message
    awaitCount(got, (pieces - 2L) * piece);
    client.sendFrame(true, WsFrame.CONTINUATION, new byte[0]);
    client.sendClose(1000);

    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly((long) pieces * piece);
  }

  private static void awaitCount(PatternCheck check, long bytes) {
    Await.until(bytes + " bytes", () -> check.count() >= bytes);
  }

  @Test
  void anUrgentByteOfTheTargetKeepsItsPlace() throws Exception {
    TcpTarget target =
        keep(
            TcpTarget.serving(
                connection -> {
                  connection.send(new byte[] {'a', 'b'});
                  connection.sendUrgent('!');
                  connection.send(new byte[] {'c'});
                  connection.discardAll();
                }));

    assertThat(open(target).receive(4)).asString().isEqualTo("ab!c");
  }

  @Test
  void textIsTakenAsItsUtf8Bytes() throws Exception {
    String text = "grüße, 水門, \uD83C\uDF0A, \u0000 and ASCII";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    WsClient client = open(keep(Targets.echo()));

    client.sendText(text);

    assertThat(client.receive(utf8.length)).isEqualTo(utf8);
  }

  @Test
  void textMayBeCutInsideACharacter() throws Exception {
    byte[] wave = "\uD83C\uDF0A".getBytes(StandardCharsets.UTF_8);
    WsClient client = open(keep(Targets.echo()));

    client.sendFrame(false, WsFrame.TEXT, new byte[] {wave[0]});
    client.sendFrame(false, WsFrame.CONTINUATION, new byte[] {wave[1], wave[2]});
    client.sendFrame(true, WsFrame.CONTINUATION, new byte[] {wave[3]});

    assertThat(client.receive(4)).isEqualTo(wave);
  }

  @Test
  void textAndBinaryKeepTheirOrder() throws Exception {
    WsClient client = open(keep(Targets.echo()));
    ByteArrayOutputStream expected = new ByteArrayOutputStream();

    for (int i = 0; i < 500; i++) {
      byte[] piece = ("<" + i + "é>").getBytes(StandardCharsets.UTF_8);
      expected.writeBytes(piece);
      client.sendFrame(true, i % 2 == 0 ? WsFrame.TEXT : WsFrame.BINARY, piece);
    }

    assertThat(client.receive(expected.size())).isEqualTo(expected.toByteArray());
  }

  @Test
  void emptyMessagesCarryNothing() throws Exception {
    WsClient client = open(keep(Targets.echo()));

    client.send(new byte[0]);
    client.sendText("");
    client.sendFrame(false, WsFrame.BINARY, new byte[0]);
    client.sendFrame(true, WsFrame.CONTINUATION, new byte[0]);
    client.send(new byte[] {'x'});

    assertThat(client.receive(1)).containsExactly('x');
    assertThat(client.emptyMessages()).isZero();
  }

  @Test
  void pingsAreAnsweredAlsoInsideAMessage() throws Exception {
    WsClient client = open(keep(Targets.echo()));

    client.ping(new byte[] {1, 2, 3});
    // of pings that wait only the last must be answered (RFC 6455 §5.5.3)
    while (client.pongs().isEmpty()) {
      client.read();
    }
    client.sendFrame(false, WsFrame.BINARY, new byte[] {'a'});
    client.ping(new byte[0]);
    client.sendFrame(true, WsFrame.CONTINUATION, new byte[] {'b'});

    assertThat(client.receive(2)).containsExactly('a', 'b');
    while (client.pongs().size() < 2) {
      client.read();
    }
    assertThat(client.pongs().get(0)).containsExactly(1, 2, 3);
    assertThat(client.pongs().get(1)).isEmpty();
  }

  @Test
  void aQuietClientIsPinged() throws Exception {
    WsClient client = open(keep(Targets.silent()));

    while (client.pingsSeen() < 2) {
      assertThat(client.read().opcode()).isEqualTo(WsFrame.PING);
    }
  }
}
