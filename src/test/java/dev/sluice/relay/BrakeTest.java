package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrakeTest {

  private final Brake brake = new Brake();
  private final AtomicInteger released = new AtomicInteger();
  private IoLoops loops;
  private IoLoop loop;

  @BeforeEach
  void bind() throws Exception {
    loops = IoLoops.start(1, Thread::new);
    loop = loops.next();
    brake.bind(loop, released::incrementAndGet);
  }

  @AfterEach
  void stop() {
    loops.stop(10);
  }

  private void inLoop(Runnable task) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(task);
    loop.execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static ByteRate rate(long bytesPerSecond) {
    return new ByteRate(bytesPerSecond);
  }

  @Test
  void withoutARateOrAPauseItHoldsNothing() throws Exception {
    brake.moved(Integer.MAX_VALUE);
    inLoop(() -> {});
    assertThat(brake.isHeld()).isFalse();
    assertThat(brake.isPaused()).isFalse();
    assertThat(brake.quantum()).isEqualTo(Integer.MAX_VALUE);
    assertThat(released).hasValue(0);
  }

  @Test
  void aPauseHoldsUntilItsEndAndItsEndIsToldOnce() throws Exception {
    inLoop(() -> brake.pause(true));
    inLoop(() -> brake.pause(true));
    assertThat(brake.isHeld()).isTrue();
    assertThat(brake.isPaused()).isTrue();
    inLoop(() -> brake.pause(false));
    inLoop(() -> brake.pause(false));
    assertThat(brake.isHeld()).isFalse();
    assertThat(brake.isPaused()).isFalse();
    assertThat(released).hasValue(1);
  }

  @Test
  void theStrictestOfSeveralRatesCounts() throws Exception {
    inLoop(() -> brake.setRates(List.of(rate(1 << 20), rate(2_000), rate(4_000))));
    assertThat(brake.quantum()).isEqualTo(100);
    brake.moved(2_000_000); // sixteen minutes by the second, none by the first
    assertThat(brake.isHeld()).isTrue();
    assertThat(brake.isPaused()).isFalse();
  }

  @Test
  void whatARateHasRoomForHoldsNothing() throws Exception {
    inLoop(() -> brake.setRates(List.of(rate(1 << 20))));
    brake.moved(1);
    assertThat(brake.isHeld()).isFalse();
  }

  @Test
  void aWaitEndsByItself() throws Exception {
    inLoop(() -> brake.setRates(List.of(rate(1_000))));
    brake.moved(150); // a tenth of a second is kept, a twentieth is not
    assertThat(brake.isHeld()).isTrue();
    while (brake.isHeld()) {
      Thread.onSpinWait();
    }
    inLoop(() -> {});
    assertThat(released).hasValue(1);
  }

  @Test
  void newRatesEndTheWaitForThoseBefore() throws Exception {
    inLoop(() -> brake.setRates(List.of(rate(1))));
    brake.moved(1_000_000);
    assertThat(brake.isHeld()).isTrue();
    inLoop(() -> brake.setRates(List.of()));
    assertThat(brake.isHeld()).isFalse();
    assertThat(brake.quantum()).isEqualTo(Integer.MAX_VALUE);
    assertThat(released).hasValue(1);
  }

  @Test
  void eachReasonIsGivenUpByWhoeverHadIt() throws Exception {
    inLoop(() -> brake.setRates(List.of(rate(1))));
    brake.moved(1_000_000);
    inLoop(() -> brake.pause(true));
    inLoop(brake::end);
    assertThat(brake.isHeld()).isTrue();
    assertThat(released).hasValue(0);
    inLoop(() -> brake.pause(false));
    assertThat(brake.isHeld()).isFalse();
    assertThat(released).hasValue(1);
  }
}
