package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IoLoopsTest {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  private IoLoops start(int count) throws Exception {
    return IoLoops.start(
        count,
        task -> {
          Thread thread = new Thread(task);
          threads.add(thread);
          return thread;
        });
  }

  @Test
  void loopsAreHandedOutInTurn() throws Exception {
    IoLoops loops = start(2);
    IoLoop first = loops.next();
    IoLoop second = loops.next();
    assertThat(second).isNotSameAs(first);
    assertThat(loops.next()).isSameAs(first);
    assertThat(loops.next()).isSameAs(second);
    loops.stop(20);
  }

  @Test
  void everyLoopHasAThreadWithItsNumberUntilTheStop() throws Exception {
    IoLoops loops = start(2);
    assertThat(threads).extracting(Thread::getName).containsExactly("sluice-io-0", "sluice-io-1");
    awaitRunning(loops);
    loops.stop(20);
    assertThat(threads).noneMatch(Thread::isAlive);
    assertThat(loops.allRunning()).isFalse();
  }

  private static void awaitRunning(IoLoops loops) {
    while (!loops.allRunning()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void oneLoopThatHasEndedIsNotAllRunning() throws Exception {
    IoLoops loops = start(2);
    awaitRunning(loops);
    loops.next().stop();
    assertThat(loops.allRunning()).isFalse();
    loops.stop(20);
  }

  /** Keeps a loop busy until the latch is counted down. */
  private static CountDownLatch hold(IoLoop loop) {
    CountDownLatch hold = new CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            hold.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return hold;
  }

  @Test
  void aStopWaitsNoLongerThanItIsToldTo() throws Exception {
    IoLoops loops = start(1);
    CountDownLatch hold = hold(loops.next());
    loops.stop(0);
    assertThat(threads).allMatch(Thread::isAlive);
    hold.countDown();
    loops.stop(20);
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void aStopWaitsForWhatIsUnderWay() throws Exception {
    IoLoops loops = start(1);
    CountDownLatch begun = new CountDownLatch(1);
    loops
        .next()
        .execute(
            () -> {
              begun.countDown();
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            });
    begun.await();
    loops.stop(20);
    assertThat(threads).noneMatch(Thread::isAlive);
  }

  @Test
  void whoIsInterruptedWhileItWaitsStaysInterrupted() throws Exception {
    IoLoops loops = start(1);
    CountDownLatch hold = hold(loops.next());
    Thread.currentThread().interrupt();
    loops.stop(20);
    assertThat(Thread.interrupted()).isTrue();
    hold.countDown();
    loops.stop(20);
  }
}
