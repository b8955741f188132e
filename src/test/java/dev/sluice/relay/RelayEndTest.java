package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.SilentPort;
import dev.sluice.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends, each from the state that the name says. */
@Timeout(60)
class RelayEndTest extends RelayFixture {

  private void assertTargetSeesAReset() {
    assertThatThrownBy(
            () -> {
              InputStream in = target.getInputStream();
              while (in.read() >= 0) {}
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void idleTunnelClientClosesAndTheTargetSeesTheEnd() throws Exception {
    open();
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void writeChainFullClientClosesAndTheTargetReadsAllOfIt() throws Exception {
    open();
    byte[] all = Bytes.pattern(0, 12_000_000);
    for (int at = 0; at < all.length; at += 1_000_000) {
      while (relay.stats().pausedUp()) {
        target.getInputStream().skipNBytes(0);
        at = drainSome(at);
      }
      fromClient(Arrays.copyOfRange(all, at, at + 1_000_000));
    }
    relay.clientClosed();
    byte[] rest = target.getInputStream().readAllBytes();
    assertThat(Arrays.copyOfRange(all, all.length - rest.length, all.length)).isEqualTo(rest);
    assertThat(drained + rest.length).isEqualTo(all.length);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  private int drained;

  private int drainSome(int at) throws IOException {
    byte[] some = target.getInputStream().readNBytes(500_000);
    assertThat(some).isEqualTo(Bytes.pattern(drained, some.length));
    drained += some.length;
    return at;
  }

  @Test
  void clientGoneTargetThatKeepsWritingCanStillReadItAll() throws Exception {
    open();
    byte[] last = Bytes.pattern(0, 100_000);
    fromClient(last);
    relay.clientClosed();
    byte[] flood = new byte[8_000_000];
    target.getOutputStream().write(flood);
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(last);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void lingeringTargetThatNeverClosesIsLeftAfterTheLimit() throws Exception {
    RelaySettings s = SETTINGS;
    open(withLinger(s, Duration.ofMillis(200)));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    settle();
    target.getOutputStream().write(1); // a reset would have failed it
  }

  @Test
  void lingeringIsNotPutOffByACloseThatIsReportedAgain() throws Exception {
    open(withLinger(SETTINGS, Duration.ofMillis(200)));
    Await.until(
        "the target is left",
        () -> {
          relay.clientClosed();
          return ended.getCount() == 0;
        });
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void lingeringIsNotPutOffByWhatTheClientIsSpared() throws Exception {
    open(withLinger(SETTINGS, Duration.ofMillis(200)));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    relay.downDrained();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void targetEndsAndPongAfterPongPutsOffNothing() throws Exception {
    open(withLinger(SETTINGS, Duration.ofMillis(200)));
    long[] asked = new long[1];
    CountDownLatch pinged = new CountDownLatch(1);
    port.onPing =
        id -> {
          asked[0] = id;
          pinged.countDown();
        };
    target.shutdownOutput();
    assertThat(pinged.await(20, TimeUnit.SECONDS)).isTrue();
    Await.until(
        "the client is waited for no longer",
        () -> {
          relay.ponged(asked[0]);
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
    long[] asked = new long[1];
    CountDownLatch pinged = new CountDownLatch(1);
    port.onPing =
        id -> {
          asked[0] = id;
          pinged.countDown();
        };
    target.getOutputStream().write(1);
    target.shutdownOutput();
    while (!port.complete(true)) {
      Thread.onSpinWait();
    }
    assertThat(pinged.await(20, TimeUnit.SECONDS)).isTrue();
    relay.ponged(asked[0] - 1);
    fromClient(Bytes.pattern(0, 500));
    assertThat(target.getInputStream().readNBytes(500)).isEqualTo(Bytes.pattern(0, 500));
    assertThat(port.closes).isEmpty();
    relay.ponged(asked[0]);
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
  void stoppingTheLoopsLetsGoOfWhatAStuckClientHolds() throws Exception {
    open();
    relay.abort(EndCause.DRAINING, null);
    assertEndedOnceBy(EndCause.DRAINING);
    assertThat(port.releases).isZero();
    loops.stop(10);
    assertThat(port.releases).isEqualTo(1);
  }

  @Test
  void clientLostWithBytesQueuedBothWaysResetsTheTarget() throws Exception {
    open();
    fromClient(new byte[4_000_000]);
    target.getOutputStream().write(new byte[100_000]);
    relay.abort(EndCause.CLIENT_LOST, null);
    assertEndedOnceBy(EndCause.CLIENT_LOST);
    assertTargetSeesAReset();
  }

  @Test
  void failedSendEndsTheTunnelOnce() throws Exception {
    open();
    target.getOutputStream().write(1);
    while (!port.complete(false)) {
      Thread.onSpinWait();
    }
    assertEndedOnceBy(EndCause.CLIENT_LOST);
    assertTargetSeesAReset();
  }

  @Test
  void aSendThatFailsBecauseTheClientHasClosedCostsTheTargetNothing() throws Exception {
    open();
    fromClient(new byte[4_000_000]);
    target.getOutputStream().write(1);
    while (!port.complete(false)) {
      Thread.onSpinWait();
    }
    relay.clientClosed();
    assertThat(target.getInputStream().readNBytes(4_000_001)).hasSize(4_000_000);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void firstCauseWins() throws Exception {
    open();
    relay.abort(EndCause.REVOKED, null);
    relay.abort(EndCause.CLIENT_LOST, null);
    relay.clientClosed();
    assertEndedOnceBy(EndCause.REVOKED);
    assertThat(port.closes).containsExactly(EndCause.REVOKED);
  }

  @Test
  void refusedDial() throws Exception {
    InetSocketAddress nobody = address();
    listener.close();
    make(SETTINGS);
    relay.start(List.of(nobody));
    assertEndedOnceBy(EndCause.CONNECT_FAILED);
  }

  @Test
  void theNextAddressIsDialledWhenTheFirstRefuses() throws Exception {
    make(SETTINGS);
    relay.start(List.of(new InetSocketAddress(address().getAddress(), 1), address()));
    target = listener.accept();
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
    relay.abort(EndCause.CLIENT_LOST, null);
    assertEndedOnceBy(EndCause.CLIENT_LOST);
  }

  @Test
  void bytesAndACloseDuringTheDialStillReachTheTarget() throws Exception {
    make(SETTINGS);
    byte[] early = Bytes.pattern(0, 10_000);
    fromClient(early);
    relay.clientClosed();
    relay.start(List.of(address()));
    target = listener.accept();
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(early);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void aCloseDuringTheDialWithNothingToSayEndsTheDial() throws Exception {
    make(SETTINGS);
    relay.clientClosed();
    relay.start(List.of(address()));
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void stoppingTheLoopsReleasesOpenAndDiallingTunnels() throws Exception {
    open();
    loops.stop(10);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.used()).isZero();
    assertThat(port.closes).hasSize(1);
  }

  @Test
  void whatIsCalledAfterTheLoopHasStoppedStillReleases() throws Exception {
    make(SETTINGS);
    loops.stop(10);
    fromClient(new byte[100]);
    relay.abort(EndCause.DRAINING, null);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.used()).isZero();
  }

  @Test
  void cleanEndLeavesTheTargetWhatItHasNotReadYet() throws Exception {
    open();
    byte[] last = Bytes.pattern(0, 50_000);
    fromClient(last);
    relay.clientClosed();
    target.shutdownOutput();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(last);
  }

  @Test
  void targetEndsAndAPongThatNeverComesIsWaitedForUntilTheLimit() throws Exception {
    open(withLinger(SETTINGS, Duration.ofMillis(200)));
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
    open(withLinger(SETTINGS, Duration.ofHours(1)));
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
  void clientIsGoneWhenTheTargetTakesNoMoreAndOnlyItsCloseIsWaitedFor() throws Exception {
    open();
    fromClient(new byte[16_000_000]);
    relay.clientClosed();
    settle();
    relay.writeFailed(new IOException("by intention"));
    settle();
    assertThat(ended.getCount()).isEqualTo(1);
    target.shutdownOutput();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void clientIsGoneWhenTheTargetTakesNoMoreAndItsCloseIsWaitedForUntilTheLimit() throws Exception {
    open(withLinger(SETTINGS, Duration.ofMillis(200)));
    fromClient(new byte[16_000_000]);
    relay.clientClosed();
    settle();
    relay.writeFailed(new IOException("by intention"));
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    assertThat(detail).isEqualTo("the target did not close in time");
  }

  @Test
  void anEndedRelayIsHeldByNoTimer() throws Exception {
    Duration hour = Duration.ofHours(1);
    open(withLinger(withIdleTimeout(SETTINGS, hour), hour));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1); // from here on it lingers
    relay.abort(EndCause.REVOKED, null);
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    WeakReference<Relay> gone = new WeakReference<>(relay);
    relay = null;
    up = null;
    port.onPing = id -> {};
    Await.until(
        "forgotten",
        () -> {
          System.gc();
          return gone.get() == null;
        });
  }

  @Test
  void aContainerThatReportsTheCloseFromWithinItIsHeardOnceAfterTheLoopsEndToo() throws Exception {
    make(SETTINGS);
    loops.stop(10);
    port.onClose = relay::clientClosed;
    relay.abort(EndCause.DRAINING, null);
    assertThat(ends).hasValue(1);
    assertThat(cause).isEqualTo(EndCause.DRAINING);
    assertThat(port.closes).containsExactly(EndCause.DRAINING);
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

  @Test
  void clientThatCannotBeStoppedIsCutOff() throws Exception {
    open();
    for (int i = 0; i < 100 && ended.getCount() > 0; i++) {
      fromClient(new byte[1_000_000]);
    }
    assertEndedOnceBy(EndCause.OVERLOADED);
    assertThat(detail).isEqualTo("the client could not be stopped");
  }

  @Test
  void clientGoneWithTheGateShutAndTheTargetCanStillWriteItAll() throws Exception {
    open();
    Thread writer =
        new Thread(
            () -> {
              try {
                target.getOutputStream().write(new byte[12_000_000]);
                target.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    while (!relay.stats().pausedDown()) {
      Thread.onSpinWait();
    }
    relay.clientClosed();
    settle();
    assertThat(relay.stats().bufferedDown()).isZero();
    writer.join();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void abortedDuringTheDialNothingIsDialledOn() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      make(withDialTimeout(SETTINGS, Duration.ofHours(1)));
      relay.start(List.of(silent.address()));
      Await.until("the dial is under way", () -> silent.dialsUnderWay() == 1);
      relay.abort(EndCause.REVOKED, null);
      assertEndedOnceBy(EndCause.REVOKED);
      Await.until("nobody waits for the answer", () -> silent.dialsUnderWay() == 0);
    }
  }

  @Test
  void abortedBeforeItsStartNothingIsDialled() throws Exception {
    make(SETTINGS);
    relay.abort(EndCause.REVOKED, "by intention");
    relay.start(List.of(address()));
    assertEndedOnceBy(EndCause.REVOKED);
    assertThat(detail).isEqualTo("by intention");
    assertThat(connected.getCount()).isEqualTo(1);
  }

  private static RelaySettings withDialTimeout(RelaySettings s, Duration dialTimeout) {
    return new RelaySettings(
        s.highWater(),
        s.maxMessage(),
        dialTimeout,
        s.idleTimeout(),
        s.sessionLimit(),
        s.stallTimeout(),
        s.linger(),
        s.ping(),
        s.sendBuffer(),
        s.receiveBuffer(),
        0,
        0);
  }

  private static RelaySettings withIdleTimeout(RelaySettings s, Duration idleTimeout) {
    return new RelaySettings(
        s.highWater(),
        s.maxMessage(),
        s.dialTimeout(),
        idleTimeout,
        s.sessionLimit(),
        s.stallTimeout(),
        s.linger(),
        s.ping(),
        s.sendBuffer(),
        s.receiveBuffer(),
        0,
        0);
  }

  private static RelaySettings withLinger(RelaySettings s, Duration linger) {
    return new RelaySettings(
        s.highWater(),
        s.maxMessage(),
        s.dialTimeout(),
        s.idleTimeout(),
        s.sessionLimit(),
        s.stallTimeout(),
        linger,
        s.ping(),
        s.sendBuffer(),
        s.receiveBuffer(),
        0,
        0);
  }
}
