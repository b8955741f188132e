package dev.sluice.frames.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frames.ClientFrames;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.WebSocketPort.SendCompletion;
import dev.sluice.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramePortTest {

  private static final byte[] CLOSE_1000 = ClientFrames.hex("88 02 03e8");

  private final ScriptedStream stream = new ScriptedStream();
  private final RecordedTunnel tunnel = new RecordedTunnel();
  private final FramePort port = new FramePort(stream);
  private final List<Boolean> completions = new ArrayList<>();

  @BeforeEach
  void start() {
    port.start(tunnel);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] frame(String payload) {
    byte[] text = payload.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + text.length)
        .put((byte) 0x82)
        .put((byte) text.length)
        .put(text)
        .array();
  }

  private static byte[] closed(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + text.length)
        .put((byte) 0x88)
        .put((byte) (2 + text.length))
        .putShort((short) code)
        .put(text)
        .array();
  }

  private void send(String text) {
    port.send(bytes(text), completions::add);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void nothingLeavesBeforeTheStreamSaysThatTheHandshakeHasBeenAnswered() {
    ScriptedStream silent =
        new ScriptedStream() {
          @Override
          public void start(Listener owner) {
            listener = owner;
          }
        };
    FramePort early = new FramePort(silent);
    early.start(tunnel);
    early.close(EndCause.DRAINING);
    assertThat(silent.takeWritten()).isEmpty();
    silent.listener.writable();
    assertThat(silent.takeWritten()).isEqualTo(closed(1012, "draining"));
  }

  @Test
  void aMessageIsCompleteOnceItsLastByteHasBeenTaken() {
    stream.room = 5;
    send("hello");
    assertThat(completions).isEmpty();
    stream.makeRoom(1);
    assertThat(completions).isEmpty();
    stream.makeRoom(1);
    assertThat(completions).containsExactly(true);
    assertThat(stream.takeWritten()).isEqualTo(frame("hello"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 6})
  void whatIsSentNowAndIsLeftGoesOnInTheNextSendAsTheSameMessage(int room) {
    stream.room = room;
    ByteBuffer message = bytes("hello");
    assertThat(port.canSendNow()).isTrue();
    port.sendNow(message);
    assertThat(port.canSendNow()).isFalse();
    port.send(message, completions::add);
    port.ping(7);
    stream.makeRoom(Integer.MAX_VALUE);
    assertThat(completions).containsExactly(true);
    byte[] ping = ClientFrames.hex("89 08 0000000000000007");
    assertThat(stream.takeWritten()).isEqualTo(joined(frame("hello"), ping));
    assertThat(port.canSendNow()).isTrue();
  }

  @Test
  void whatIsSentNowAndIsTakenWholeNeedsNoSend() {
    ByteBuffer message = bytes("hello");
    port.sendNow(message);
    assertThat(message.hasRemaining()).isFalse();
    assertThat(stream.takeWritten()).isEqualTo(frame("hello"));
    assertThat(port.canSendNow()).isTrue();
  }

  @Test
  void controlFramesWaitForTheMessageInFlightAndThenGoFirst() {
    stream.room = 3;
    send("one");
    stream.deliver(new ClientFrames().ping(ClientFrames.utf8("a")).bytes());
    stream.deliver(new ClientFrames().ping(ClientFrames.utf8("b")).bytes());
    port.ping(1);
    port.close(EndCause.TARGET_CLOSED);
    stream.makeRoom(Integer.MAX_VALUE);
    assertThat(stream.takeWritten())
        .isEqualTo(
            joined(
                frame("one"),
                ClientFrames.hex("8a 01 62"),
                ClientFrames.hex("89 08 0000000000000001"),
                closed(1000, "target_closed")));
  }

  @Test
  void aThousandPingsOfAClientThatNeverReadsKeepOnePong() {
    stream.room = 0;
    for (int i = 0; i < 1000; i++) {
      stream.deliver(new ClientFrames().ping(new byte[] {(byte) i}).bytes());
    }
    stream.makeRoom(Integer.MAX_VALUE);
    byte[] out = stream.takeWritten();
    assertThat(out.length).isLessThanOrEqualTo(2 * 3);
    assertThat(out[out.length - 1]).isEqualTo((byte) 999);
  }

  @Test
  void aHundredThousandSynchronousCompletionsDoNotGrowTheStack() {
    int[] left = {100_000};
    ByteBuffer message = ByteBuffer.allocate(1);
    port.send(
        message,
        new SendCompletion() {
          @Override
          public void completed(boolean sent) {
            if (--left[0] > 0) {
              port.send(message.clear(), this);
            }
          }
        });
    assertThat(left[0]).isZero();
  }

  @Test
  void aPausedPortMakesNoCallUntilItIsResumed() {
    tunnel.onReceived = port::pauseReceiving;
    stream.deliver(new ClientFrames().binary(ClientFrames.utf8("one")).bytes());
    stream.deliver(new ClientFrames().binary(ClientFrames.utf8("two")).bytes());
    int reads = stream.reads;
    stream.listener.readable();
    assertThat(stream.reads).isEqualTo(reads);
    assertThat(tunnel.received.toString(StandardCharsets.UTF_8)).isEqualTo("one");
    tunnel.onReceived = () -> {};
    port.resumeReceiving();
    assertThat(tunnel.received.toString(StandardCharsets.UTF_8)).isEqualTo("onetwo");
  }

  @Test
  void noMoreIsReadAtOnceThanTheTunnelLikes() {
    tunnel.appetite = 1_000;
    stream.deliver(new ClientFrames().binary(new byte[10]).bytes());
    assertThat(stream.largestRoom).isEqualTo(1_000);
  }

  @Test
  void ofManySmallFramesLessIsReadAtOnceUntilTheyAreFewAgain() {
    byte[] one = ClientFrames.hex("82 81 00000000 78");
    byte[] flood = repeated(one, 8 * Portion.FRAMES);
    stream.deliver(flood);
    stream.largestRoom = 0;
    stream.deliver(one);
    assertThat(stream.largestRoom).isEqualTo(Portion.FRAMES * one.length);
    for (int i = 0; i < 8; i++) {
      stream.deliver(one);
    }
    assertThat(stream.largestRoom).isEqualTo(65_536);
    assertThat(tunnel.received.size()).isEqualTo(8 * Portion.FRAMES + 9);
  }

  @Test
  void aTurnEndsAfterManyFramesAndIsAskedForAgain() {
    ScriptedStream greedy =
        new ScriptedStream() {
          @Override
          public int readsInARow() {
            return 100;
          }

          @Override
          public void resumeReads() {} // the test says when
        };
    FramePort fair = new FramePort(greedy);
    fair.start(tunnel);
    byte[] half = repeated(ClientFrames.hex("82 81 00000000 78"), Portion.FRAMES / 2);
    for (int i = 0; i < 5; i++) {
      greedy.incoming.add(half);
    }
    greedy.listener.readable();
    assertThat(greedy.incoming).hasSize(3);
    greedy.listener.readable();
    assertThat(greedy.incoming).hasSize(1);
  }

  private static byte[] repeated(byte[] frame, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 3000, 4999})
  void aClientsCloseIsAnsweredWithItsCodeAndThenTheConnectionEnds(int code) {
    stream.deliver(new ClientFrames().close(code, "bye").bytes());
    assertThat(stream.takeWritten()).isEqualTo(closed(code, ""));
    assertThat(stream.outputShut).isTrue();
    stream.end();
    assertThat(stream.closed).isTrue();
    assertThat(tunnel.events).containsExactly("closed " + code);
  }

  @Test
  void theLatePongOfAClientThatHasClosedDoesNotCostItOurClose() {
    stream.canEndHalf = false;
    port.pauseReceiving();
    port.resumeReceiving();
    port.ping(1);
    port.ping(2);
    stream.deliver(new ClientFrames().pong(ClientFrames.hex("0000000000000001")).bytes());
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    assertThat(stream.outputShut).isTrue();
    port.pauseReceiving();
    stream.deliver(new ClientFrames().pong(new byte[8]).bytes());
    assertThat(stream.incoming).isEmpty();
    assertThat(stream.closed).isFalse();
    assertThat(stream.aborts).isZero();
    stream.end();
    assertThat(stream.closed).isTrue();
    assertThat(tunnel.events).containsExactly("ponged 1", "closed 1000");
  }

  @Test
  void neitherAnUnaskedPongNorAPingThatWasNotSentIsAnAnswerOwed() {
    stream.canEndHalf = false;
    port.ping(1);
    stream.deliver(new ClientFrames().pong(ClientFrames.hex("0000000000000001")).bytes());
    stream.deliver(new ClientFrames().pong(new byte[0]).bytes());
    stream.room = 0;
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    assertThat(port.ping(2)).isFalse();
    stream.makeRoom(Integer.MAX_VALUE);
    assertThat(stream.closed).isTrue();
  }

  @Test
  void whereOneHalfCannotEndAloneAClientThatOwesNoPongIsNotWaitedFor() {
    stream.canEndHalf = false;
    port.ping(1);
    stream.deliver(new ClientFrames().pong(ClientFrames.hex("0000000000000001")).bytes());
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    assertThat(stream.closed).isTrue();
  }

  @Test
  void aCloseWithoutACodeIsAnsweredWithoutOneWhateverTheTunnelSaysThen() {
    stream.room = 0;
    stream.deliver(new ClientFrames().close(new byte[0]).bytes());
    port.close(EndCause.CLIENT_CLOSED);
    stream.makeRoom(Integer.MAX_VALUE);
    assertThat(stream.takeWritten()).isEqualTo(ClientFrames.hex("88 00"));
    assertThat(tunnel.events).containsExactly("closed 1005");
  }

  @Test
  void aMessageThatTheClientsCloseCrossesIsFinishedAndCountsAsSent() {
    stream.room = 3;
    send("one");
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    assertThat(stream.closed).isFalse();
    stream.makeRoom(Integer.MAX_VALUE);
    send("two");
    assertThat(completions).containsExactly(true, true);
    assertThat(stream.takeWritten()).isEqualTo(joined(frame("one"), CLOSE_1000));
    assertThat(stream.outputShut).isTrue();
    stream.end();
    assertThat(stream.closed).isTrue();
  }

  @Test
  void aClientThatClosesAndVanishesHasStillClosed() {
    stream.room = 3;
    send("one");
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    stream.end();
    assertThat(completions).containsExactly(true);
    assertThat(tunnel.events).containsExactly("closed 1000");
    assertThat(stream.aborts).isEqualTo(1);
  }

  @Test
  void ourCloseIsFollowedByTheClientsAndDataBeforeItCounts() {
    port.close(EndCause.TARGET_CLOSED);
    assertThat(stream.takeWritten()).isEqualTo(closed(1000, "target_closed"));
    stream.deliver(new ClientFrames().binary(ClientFrames.utf8("late")).bytes());
    assertThat(stream.closed).isFalse();
    stream.deliver(new ClientFrames().close(1000, "").bytes());
    assertThat(stream.closed).isTrue();
    assertThat(tunnel.received.toString(StandardCharsets.UTF_8)).isEqualTo("late");
    assertThat(tunnel.events).containsExactly("closed 1000");
  }

  @Test
  void closesThatCrossEndTheConnectionOnceOursHasLeft() {
    stream.room = 0;
    port.close(EndCause.TARGET_CLOSED);
    stream.deliver(new ClientFrames().close(1001, "").bytes());
    assertThat(stream.closed).isFalse();
    stream.makeRoom(Integer.MAX_VALUE);
    assertThat(stream.takeWritten()).isEqualTo(closed(1000, "target_closed"));
    assertThat(stream.outputShut).isTrue();
    stream.end();
    assertThat(stream.closed).isTrue();
  }

  @Test
  void aViolationIsAnsweredWithItsCodeAndTheClientGetsTimeToReadIt() {
    stream.deliver(
        new ClientFrames()
            .binary(ClientFrames.utf8("good"))
            .raw(ClientFrames.hex("82 01 00"))
            .bytes());
    assertThat(tunnel.received.toString(StandardCharsets.UTF_8)).isEqualTo("good");
    assertThat(stream.takeWritten()).startsWith(ClientFrames.hex("88")).contains(0x03, 0xea);
    assertThat(stream.outputShut).isTrue();
    assertThat(stream.closed).isFalse();
    assertThat(tunnel.events).hasSize(1).first().asString().startsWith("lost: the client broke");
    stream.deliver(new ClientFrames().binary(ClientFrames.utf8("ignored")).bytes());
    stream.end();
    assertThat(stream.closed).isTrue();
    assertThat(tunnel.received.toString(StandardCharsets.UTF_8)).isEqualTo("good");
    assertThat(tunnel.events).hasSize(1);
  }

  @Test
  void whoFloodsOnBehindAViolationIsNotReadForEver() {
    stream.deliver(ClientFrames.hex("82 00"));
    byte[] flood = new byte[65_536];
    for (int done = 0; done < FrameSource.MOST_DROPPED; done += flood.length) {
      stream.deliver(flood);
    }
    assertThat(stream.incoming).isEmpty();
    stream.deliver(flood);
    stream.deliver(flood);
    stream.deliver(flood);
    port.resumeReceiving();
    assertThat(stream.incoming).hasSize(2);
    port.release();
    assertThat(stream.aborts).isEqualTo(1);
  }

  @Test
  void anEndWithoutACloseFrameIsALoss() {
    stream.room = 0;
    send("one");
    stream.end();
    assertThat(tunnel.events).containsExactly("lost: the connection ended without a close frame");
    assertThat(completions).containsExactly(false);
    assertThat(stream.aborts).isEqualTo(1);
    assertThat(port.ping(1)).isFalse();
  }

  @Test
  void aFailedWriteIsALossAndIsToldOnce() {
    stream.failure = new IOException("reset");
    send("one");
    stream.listener.lost(new IOException("again"));
    stream.listener.readable();
    assertThat(completions).containsExactly(false);
    assertThat(tunnel.events).containsExactly("lost: reset");
  }

  @Test
  void aPingThatMeetsADeadConnectionSaysSo() {
    stream.failure = new IOException("reset");
    assertThat(port.ping(1)).isFalse();
    assertThat(tunnel.events).containsExactly("lost: reset");
  }

  @Test
  void aPongOfOursIsKnownByItsNumberAndAnyOtherIsNone() {
    stream.deliver(
        new ClientFrames()
            .pong(ClientFrames.hex("0000000000000102"))
            .pong(ClientFrames.utf8("x"))
            .bytes());
    assertThat(tunnel.events).containsExactly("ponged 258", "ponged 0");
  }

  @Test
  void theReleaserCutsAConnectionThatIsStillThere() {
    port.releaser().run();
    assertThat(stream.aborts).isEqualTo(1);
  }

  /** The relay's timer kept what had ended in the last ten seconds, whole. */
  @Test
  void theReleaserKeepsNoPortThatItsConnectionHasForgotten() {
    List<FramePort> connection = new ArrayList<>(List.of(new FramePort(new ScriptedStream())));
    WeakReference<FramePort> kept = new WeakReference<>(connection.get(0));
    Runnable releaser = connection.get(0).releaser();
    connection.clear();
    Await.collected("the port", kept);
    releaser.run(); // nothing is left to be done
  }

  @Test
  void releaseCutsWhatIsLeft() {
    stream.room = 0;
    port.close(EndCause.TARGET_RESET);
    port.release();
    assertThat(stream.aborts).isEqualTo(1);
    assertThat(tunnel.events).isEmpty();
  }
}
