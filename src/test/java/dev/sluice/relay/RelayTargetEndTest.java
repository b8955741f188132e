package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends that a target brings about, each from the state that the name says. */
@Timeout(60)
class RelayTargetEndTest extends RelayFixture {

  /** What the relay asks with a ping, to which nobody says anything. */
  private CompletableFuture<Long> leavePingUnanswered() {
    CompletableFuture<Long> asked = new CompletableFuture<>();
    port.onPing = asked::complete;
    return asked;
  }

  @Test
  void targetEndsAndPongAfterPongPutsOffNothing() throws Exception {
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
    CompletableFuture<Long> ping = leavePingUnanswered();
    target.shutdownOutput();
    long asked = ping.get(20, TimeUnit.SECONDS);
    Await.until(
        "the client is waited for no longer",
        () -> {
          relay.ponged(asked);
          return ended.getCount() == 0;
        });
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void targetEndsWithBytesQueuedAndTheClientGetsAllBeforeTheClose() throws Exception {
    open();
    byte[] tail = Bytes.pattern(0, 5_000_000);
    Thread writer =
        new Thread(
            () -> {
              try {
                target.getOutputStream().write(tail);
                target.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    completeSends();
    assertThat(port.awaitClose()).isTrue();
    assertThat(port.received()).isEqualTo(tail);
    assertThat(port.closes).containsExactly(EndCause.TARGET_CLOSED);
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void targetEndsAndTheCloseWaitsForThePongThatSaysAllHasArrived() throws Exception {
    open();
    CompletableFuture<Long> ping = leavePingUnanswered();
    target.getOutputStream().write(1);
    target.shutdownOutput();
    while (!port.complete(true)) {
      Thread.onSpinWait();
    }
    long asked = ping.get(20, TimeUnit.SECONDS);
    relay.ponged(asked - 1);
    fromClient(Bytes.pattern(0, 500));
    assertThat(target.getInputStream().readNBytes(500)).isEqualTo(Bytes.pattern(0, 500));
    assertThat(port.closes).isEmpty();
    relay.ponged(asked);
    assertThat(port.awaitClose()).isTrue();
    relay.clientClosed();
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void halfClosedTargetStillGetsWhatTheClientSends() throws Exception {
    open();
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    byte[] late = Bytes.pattern(0, 3_000);
    fromClient(late);
    relay.clientClosed();
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(late);
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void targetThatAnswersAndClosesWhileTheClientStillSendsLosesNothing() throws Exception {
    open();
    // no more than a first window: what the target's kernel still has is lost with the reset
    byte[] answer = Bytes.pattern(0, 40_000);
    target.getOutputStream().write(answer);
    completeSends();
    target.close(); // with bytes of the client's unread this resets: the answer must still arrive
    while (port.closed.getCount() > 0 && ended.getCount() > 0) {
      fromClient(new byte[1000]);
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertThat(port.awaitClose()).isTrue();
    assertThat(port.received()).isEqualTo(answer);
    relay.clientClosed();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void targetResetsWhileIdle() throws Exception {
    open();
    target.setSoLinger(true, 0);
    target.close();
    assertEndedOnceBy(EndCause.TARGET_RESET);
    assertThat(port.closes).containsExactly(EndCause.TARGET_RESET);
  }

  @Test
  void targetResetsWhileTheClientUploads() throws Exception {
    open();
    fromClient(new byte[100]);
    target.setSoLinger(true, 0);
    target.close();
    while (ended.getCount() > 0) {
      fromClient(new byte[1000]);
      // who sends what it can before the reset comes is stopped first
      TimeUnit.MILLISECONDS.sleep(1);
    }
    assertEndedOnceBy(EndCause.TARGET_RESET);
  }

  @Test
  void targetResetsWithTheGateShutAndTheClientWriting() throws Exception {
    open(SETTINGS);
    Thread writer =
        new Thread(
            () -> {
              try {
                target.getOutputStream().write(new byte[3_000_000]);
              } catch (IOException e) {
                // reset by the test itself
              }
            });
    writer.start();
    while (!relay.stats().pausedDown()) {
      Thread.onSpinWait();
    }
    target.setSoLinger(true, 0);
    target.close();
    writer.join();
    for (int i = 0; i < 50; i++) {
      fromClient(new byte[1000]);
    }
    completeSends();
    assertEndedOnceBy(EndCause.TARGET_RESET);
  }

  @Test
  void targetEndsAndAPongThatNeverComesIsWaitedForUntilTheLimit() throws Exception {
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
    port.onPing = id -> {};
    long before = System.nanoTime();
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
    assertEndedOnceBy(EndCause.TARGET_CLOSED); // the client has as long again to close
  }

  @Test
  void targetEndsAndNobodyCanBePingedSoTheCloseFollowsAtOnce() throws Exception {
    port.open = false;
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofHours(1)));
    port.onPing = id -> {};
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    assertThat(port.closes).containsExactly(EndCause.TARGET_CLOSED);
  }

  @Test
  void targetEndsTwoPongsComeAndTheCloseIsOne() throws Exception {
    open();
    port.onPing =
        id -> {
          relay.ponged(id);
          relay.ponged(id);
        };
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    settle();
    assertThat(port.closes).hasSize(1);
    relay.clientClosed();
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
  }

  @Test
  void targetTakesNoMoreAndWhatItSentIsStillBroughtToTheClient() throws Exception {
    open();
    fromClient(new byte[16_000_000]);
    assertThat(relay.stats().bufferedUp()).isPositive();
    relay.writeFailed(new IOException("by intention"));
    assertThat(relay.stats().bufferedUp()).isZero();
    target.getOutputStream().write(new byte[10]);
    target.shutdownOutput();
    completeSends();
    assertThat(port.awaitClose()).isTrue();
    assertThat(port.received()).hasSize(10);
    relay.clientClosed();
    assertEndedOnceBy(EndCause.TARGET_CLOSED);
    assertThat(detail).isEqualTo("by intention");
  }

  @Test
  void aDefectOfOursIsNotTheTargets() throws Exception {
    open();
    loops.next().execute(() -> relay.failed(new IllegalStateException("by intention")));
    assertEndedOnceBy(EndCause.INTERNAL);
    assertThat(detail).isEqualTo("by intention");
    assertThat(port.closes).containsExactly(EndCause.INTERNAL);
    assertTargetSeesAReset();
  }

  @Test
  void aResetIsTheTargetsAndNamed() throws Exception {
    open();
    loops.next().execute(() -> relay.failed(new IOException("by intention")));
    assertEndedOnceBy(EndCause.TARGET_RESET);
    assertThat(detail).isEqualTo("by intention");
  }
}
