package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A loop that ends while others still hand tasks in. */
class IoLoopEndTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Test
  void whoComesWhileTheLastTimersRunTouchesNoneOfThem() throws Exception {
    IoLoop loop = new IoLoop();
    Thread thread = new Thread(loop);
    thread.start();
    List<String> ran = new CopyOnWriteArrayList<>();
    CountDownLatch lastTimers = new CountDownLatch(1);
    CountDownLatch othersDone = new CountDownLatch(1);
    IoLoop.Timer[] second = new IoLoop.Timer[1];
    loop.execute(
        () -> {
          loop.schedule(
              HOUR,
              () -> {
                lastTimers.countDown();
                Await.until("the others are done", () -> othersDone.getCount() == 0);
              });
          second[0] = loop.schedule(2 * HOUR, () -> ran.add("cancelled"));
          loop.schedule(3 * HOUR, () -> ran.add("last"));
        });
    loop.stop();
    lastTimers.await();

    loop.execute(() -> loop.schedule(0, () -> ran.add("too late")));
    loop.execute(() -> second[0].cancel());
    othersDone.countDown();
    thread.join();

    assertThat(ran).containsExactly("last");
  }
}
