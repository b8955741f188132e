package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The ends that a client, the node or a container brings about, each from the state that the name
 * says.
 */
@Timeout(60)
class RelayEndTest extends RelayFixture {

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
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    settle();
    target.getOutputStream().write(1); // a reset would have failed it
  }

  @Test
  void lingeringIsNotPutOffByACloseThatIsReportedAgain() throws Exception {
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
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
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1);
    relay.downDrained();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
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
    open(Settings.of(SETTINGS, s -> s.linger = Duration.ofMillis(200)));
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
    open(
        Settings.of(
            SETTINGS,
            s -> {
              s.linger = hour;
              s.idleTimeout = hour;
            }));
    relay.clientClosed();
    assertThat(target.getInputStream().read()).isEqualTo(-1); // from here on it lingers
    relay.abort(EndCause.REVOKED, null);
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
    WeakReference<Relay> gone = new WeakReference<>(relay);
    relay = null;
    up = null;
    port.onPing = id -> {};
    Await.collected("the relay", gone);
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
}
