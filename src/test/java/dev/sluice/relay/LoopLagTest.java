package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopLagTest {

  private IoLoops loops;

  @BeforeEach
  void start() throws IOException {
    loops = IoLoops.start(2, Thread::new);
  }

  @AfterEach
  void stop() {
    loops.stop(10);
  }

  @Test
  void isKnownFromTheSecondQuestionOn() {
    assertThat(loops.lagNanos()).isZero();
    while (loops.lagNanos() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theFirstQuestionIsNotAnsweredByItsOwnTask() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(new LoopLag(loops.next()).nanos()).isZero();
    }
  }

  @Test
  void aLoopThatIsStuckShowsForHowLong() throws InterruptedException {
    CountDownLatch stuck = new CountDownLatch(1);
    loops
        .next()
        .execute(
            () -> {
              try {
                stuck.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    long before = System.nanoTime();
    loops.lagNanos();
    Thread.sleep(100);
    long lag = loops.lagNanos();
    assertThat(lag).isBetween(TimeUnit.MILLISECONDS.toNanos(100), System.nanoTime() - before);
    stuck.countDown();
  }

  @Test
  void whatIsToldIsTheWaitOfTheLastTaskAndNotTheTimeSince() throws InterruptedException {
    IoLoop loop = loops.next();
    LoopLag lag = new LoopLag(loop);
    for (int i = 0; i < 2; i++) {
      long before = System.nanoTime();
      lag.nanos();
      awaitTurn(loop);
      long most = System.nanoTime() - before;
      Thread.sleep(2);
      assertThat(lag.nanos()).isBetween(1L, most);
      awaitTurn(loop);
    }
  }

  private static void awaitTurn(IoLoop loop) throws InterruptedException {
    CountDownLatch turned = new CountDownLatch(1);
    loop.execute(turned::countDown);
    assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
