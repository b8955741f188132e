package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UpstreamTest extends UpstreamFixture {

  @Test
  void aFrameIsWrittenAtOnceWhenNothingWaits() {
    chain.connected(target);
    frame(1000);
    assertThat(target.taken.size()).isEqualTo(1000);
    assertThat(owner.wantsWrite).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatTheClientSendsDuringTheDialGoesFirst() {
    frame(10);
    frame(20);
    assertThat(target.taken.size()).isZero();
    assertThat(owner.wantsWrite).isZero();
    assertThat(chain.flush()).isTrue();
    chain.connected(target);
    frame(30);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 60));
  }

  @Test
  void aPartialWriteKeepsItsPlaceAndLaterFramesWaitBehindIt() {
    chain.connected(target);
    target.room = 7;
    frame(10);
    target.room = 1_000;
    frame(5);
    assertThat(target.taken.size()).isEqualTo(7);
    assertThat(owner.wantsWrite).isEqualTo(1);
    assertThat(chain.flush()).isTrue();
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 15));
  }

  @Test
  void framesThatWaitLeaveInOneGatheringWrite() {
    chain.connected(target);
    target.room = 0;
    for (int i = 0; i < 100; i++) {
      frame(1_024);
    }
    target.gathered.clear();
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.gathered).hasSize(1);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 102_400));
  }

  @Test
  void stopsTheClientStrictlyAboveTheMarkAndLetsItGoOnAtHalf() {
    chain.connected(target);
    target.room = 0;
    frame(MARK);
    assertThat(port.levers).isEmpty();
    frame(1);
    assertThat(port.levers).containsExactly("pause");
    target.room = MARK / 2;
    chain.flush();
    assertThat(port.levers).containsExactly("pause");
    target.room = 1;
    assertThat(owner.wentOn).isZero();
    chain.flush();
    assertThat(port.levers).containsExactly("pause", "resume");
    assertThat(owner.wentOn).isEqualTo(1);
    assertThat(chain.pauses().nanos()).isPositive();
    assertThat(chain.pauses().isStopped()).isFalse();
    assertThat(chain.isStopped()).isFalse();
  }

  @Test
  void theClientIsStoppedDuringALongDialToo() {
    frame(MARK + 1);
    assertThat(port.levers).containsExactly("pause");
    chain.connected(target);
    assertThat(port.levers).containsExactly("pause", "resume");
  }

  @Test
  void aClientThatCannotBeStoppedReachesTheHardCap() {
    chain.connected(target);
    target.room = 0;
    for (int i = 0; i <= 4; i++) {
      frame(MARK);
      assertThat(owner.overruns).isZero();
    }
    frame(1);
    assertThat(owner.overruns).isEqualTo(1);
  }

  @Test
  void oneFrameMayBeLongerThanTheCapForTheContainerHoldsItAnyway() {
    chain.connected(target);
    target.room = 0;
    frame(10 * MARK);
    assertThat(owner.overruns).isZero();
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 10 * MARK));
  }

  @Test
  void theEndIsToldOnceAndOnlyWhenAllIsWritten() {
    chain.connected(target);
    target.room = 5;
    frame(10);
    chain.end();
    assertThat(owner.drained).isZero();
    target.room = 5;
    chain.flush();
    assertThat(owner.drained).isEqualTo(1);
    chain.end();
    assertThat(owner.drained).isEqualTo(1);
  }

  @Test
  void anEndBeforeTheDialIsDoneWaitsForItAndForWhatIsQueued() {
    frame(10);
    chain.end();
    assertThat(owner.drained).isZero();
    chain.connected(target);
    assertThat(owner.drained).isEqualTo(1);
    assertThat(target.taken.size()).isEqualTo(10);
  }

  @Test
  void emptyFramesCarryNothing() {
    chain.connected(target);
    long before = chain.lastMove();
    chain.write(ByteBuffer.allocate(0));
    assertThat(target.gathered).isEmpty();
    assertThat(chain.lastMove()).isEqualTo(before);
  }

  @Test
  void aTargetThatTakesNoMoreIsReportedFromTheFrameAndFromTheFlush() {
    chain.connected(target);
    target.broken = true;
    frame(1);
    assertThat(owner.failure).hasMessage("Broken pipe");
    owner.failure = null;
    target.broken = false;
    target.room = 0;
    frame(1);
    target.broken = true;
    chain.flush();
    assertThat(owner.failure).hasMessage("Broken pipe");
  }

  @Test
  void aDroppedChainGivesItsMemoryBackAndLetsTheClientGo() {
    chain.connected(target);
    target.room = 0;
    frame(2 * MARK);
    chain.drop();
    assertThat(budget.used()).isZero();
    assertThat(port.levers).containsExactly("pause", "resume");
    frame(100);
    assertThat(chain.buffered()).isZero();
  }

  @Test
  void whatAStuckTargetLeavesGoesBackToThePool() {
    chain.connected(target);
    target.room = 0;
    frame(10);
    chain.flush();
    chain.drop();
    assertThePoolHasGot(10);
  }

  @Test
  void whatATargetBrokeOffFromGoesBackToThePool() {
    chain.connected(target);
    target.room = 0;
    frame(10);
    target.broken = true;
    chain.flush();
    chain.drop();
    assertThePoolHasGot(10);
  }

  private void assertThePoolHasGot(int bytes) {
    byte[] seen = new byte[bytes];
    pool.acquire(false, 0).buffer.get(seen);
    assertThat(seen).isEqualTo(Bytes.pattern(0, bytes));
  }

  @Test
  void aStuckTargetCostsTheMarkAndOneFrame() {
    chain.connected(target);
    target.room = 0;
    while (port.levers.isEmpty()) {
      frame(16_384);
    }
    assertThat(chain.buffered()).isLessThanOrEqualTo(MARK + 16_384);
    assertThat(budget.used()).isLessThanOrEqualTo((long) (1.1 * MARK));
  }

  @Test
  void aLongFrameIsWrittenInStepsUntilTheTargetTakesNoMore() {
    chain.connected(target);
    frame(300_000);
    assertThat(target.offered).containsExactly(131_072, 131_072, 37_856);
    target.offered.clear();
    target.room = 200_000;
    frame(400_000);
    assertThat(target.offered).containsExactly(131_072, 131_072);
    assertThat(chain.buffered()).isEqualTo(200_000);
    assertThat(chain.total()).isEqualTo(700_000);
    assertThat(owner.wantsWrite).isEqualTo(1);
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 700_000));
  }

  @Test
  void theAppetiteIsWhatTheMarkHasRoomForAndNeverNothing() {
    assertThat(chain.appetite()).isEqualTo(MARK);
    frame(1000);
    assertThat(chain.appetite()).isEqualTo(MARK - 1000);
    frame(MARK);
    assertThat(chain.appetite()).isEqualTo(ByteQueue.SLACK);
  }

  @Test
  void aFullNodeStopsItsClientsSooner() {
    budget.take(1 << 30);
    frame(RelaySettings.LEAST_MARK);
    assertThat(port.levers).isEmpty();
    frame(1);
    assertThat(port.levers).containsExactly("pause");
  }

  @Test
  void aBrakeHoldsEveryFrameAndAsksTheTargetForNothing() {
    chain.connected(target);
    chain.brake().pause(true);
    frame(10);
    assertThat(chain.flush()).isFalse();
    assertThat(target.gathered).isEmpty();
    assertThat(owner.wantsWrite).isZero();
    chain.brake().pause(false);
    long before = System.nanoTime();
    chain.released();
    assertThat(chain.lastMove()).isGreaterThanOrEqualTo(before);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 10));
  }

  @Test
  void aHeldClientIsStoppedAtTheLeastMark() {
    chain.brake().pause(true);
    frame(RelaySettings.LEAST_MARK);
    assertThat(chain.isStopped()).isFalse();
    assertThat(chain.appetite()).isEqualTo(ByteQueue.SLACK);
    frame(1);
    assertThat(chain.isStopped()).isTrue();
    chain.connected(target);
    assertThat(chain.isStopped()).isTrue();
    chain.brake().pause(false);
    target.room = RelaySettings.LEAST_MARK / 2;
    chain.released();
    assertThat(chain.isStopped()).isTrue();
    target.room = 1;
    chain.flush();
    assertThat(chain.isStopped()).isFalse();
  }

  @Test
  void whatIsWrittenIsPaidForOnceAndInStepsOfTheRate() {
    long start = System.nanoTime();
    ByteRate rate = new ByteRate(20_000);
    chain.brake().setRates(List.of(rate));
    chain.connected(target);
    frame(5_000);
    assertThat(target.offered).hasSize(5).containsOnly(1000);
    target.room = 0;
    frame(5_000);
    target.gathered.clear();
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.gathered).hasSize(5);
    assertThat(target.taken.size()).isEqualTo(10_000);
    long half = TimeUnit.MILLISECONDS.toNanos(500);
    long credit = TimeUnit.MILLISECONDS.toNanos(100);
    long owed = rate.pay(0);
    assertThat(owed).isBetween(half - credit - (System.nanoTime() - start), half);
  }

  @Test
  void aMoveIsABeginningToWaitOrALeavingAndNotTheRestThatJoins() {
    chain.connected(target);
    long created = chain.lastMove();
    target.room = 0;
    frame(10);
    long began = chain.lastMove();
    assertThat(began).isGreaterThan(created);
    frame(10);
    chain.flush();
    assertThat(chain.lastMove()).isEqualTo(began);
    target.room = 1;
    chain.flush();
    assertThat(chain.lastMove()).isGreaterThan(began);
  }

  @Test
  void aFlushThatLeavesSomethingAsksToBeCalledAgain() {
    chain.connected(target);
    target.room = 0;
    frame(10);
    owner.wantsWrite = 0;
    target.room = 9;
    assertThat(chain.flush()).isFalse();
    assertThat(owner.wantsWrite).isEqualTo(1);
    target.room = 1;
    assertThat(chain.flush()).isTrue();
    assertThat(owner.wantsWrite).isEqualTo(1);
  }

  @Test
  void whyTheTargetTookNoMoreIsRemembered() {
    chain.connected(target);
    assertThat(chain.failure()).isNull();
    target.room = 0;
    frame(10);
    target.broken = true;
    owner.wantsWrite = 0;
    assertThat(chain.flush()).isTrue();
    assertThat(chain.failure()).isSameAs(owner.failure).hasMessage("Broken pipe");
    assertThat(owner.wantsWrite).isZero();
  }

  @Test
  void whyTheTargetTookNoMoreIsRememberedFromAFrameToo() {
    chain.connected(target);
    target.broken = true;
    frame(10);
    assertThat(chain.failure()).isSameAs(owner.failure).isNotNull();
    assertThat(owner.wantsWrite).isZero();
  }

  @Test
  void afterItsEndTheChainTakesNothing() {
    chain.connected(target);
    chain.end();
    assertThat(owner.drained).isEqualTo(1);
    frame(10);
    assertThat(target.taken.size()).isZero();
    assertThat(chain.buffered()).isZero();
    assertThat(chain.total()).isZero();
  }

  @Test
  void aDroppedChainHasNoEndToTellOfAndWritesNothing() {
    frame(MARK + 1);
    chain.drop();
    chain.end();
    chain.connected(target);
    assertThat(chain.flush()).isTrue();
    assertThat(owner.drained).isZero();
    assertThat(owner.wentOn).isZero();
    assertThat(target.gathered).isEmpty();
    assertThat(chain.pauses().isStopped()).isFalse();
  }

  @Test
  void aChainThatIsNotBoundSaysSo() {
    Upstream loose = new Upstream(new ChunkPool(budget), RelaySettings.defaults());
    assertThatIllegalStateException()
        .isThrownBy(() -> loose.write(ByteBuffer.allocate(MARK + 1)))
        .withMessage("not bound yet");
  }

  @Test
  void flushingWhileFramesComeLosesAndReordersNothingAndNeverStaysStopped() throws Exception {
    chain.connected(target);
    CountDownLatch done = new CountDownLatch(1);
    Thread loop =
        new Thread(
            () -> {
              int round = 0;
              while (done.getCount() > 0 || chain.buffered() > 0) {
                synchronized (target) {
                  target.room = round++ % 3 == 0 ? 0 : 3_001;
                }
                chain.flush();
              }
              target.room = Long.MAX_VALUE;
            });
    loop.start();
    while (sent < 20_000_000) {
      while (chain.isStopped()) {
        Thread.onSpinWait();
      }
      frame(1 + (int) (sent % 9_973));
    }
    done.countDown();
    loop.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, (int) sent));
    assertThat(port.levers.size() % 2).isZero();
    assertThat(budget.used()).isZero();
  }
}
