package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop for whose tasks somebody else in the JVM has left no memory. */
@Timeout(60)
class FullMemoryTest {

  /** Where there is no memory for a task, there is none for a report of it either. */
  private static final class FullLog extends Handler {
    @Override
    public void publish(LogRecord what) {
      throw new OutOfMemoryError("of this test, in a report");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final Logger logger = Logger.getLogger(IoLoop.class.getName());
  private final Handler fullLog = new FullLog();
  private final AtomicInteger runs = new AtomicInteger();
  private IoLoop loop;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    logger.addHandler(fullLog);
    loop = new IoLoop();
    thread = new Thread(loop);
    thread.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    logger.removeHandler(fullLog);
    loop.stop();
    thread.join();
  }

  private void failAtFirst() {
    if (runs.incrementAndGet() == 1) {
      throw new OutOfMemoryError("of this test");
    }
  }

  @Test
  void theLoopServesOnAfterAFailureThatCouldNotBeReported() {
    loop.execute(this::failAtFirst);
    loop.execute(this::failAtFirst);

    Await.until("the second task runs", () -> runs.get() == 2);
    assertThat(loop.isRunning()).isTrue();
  }

  @Test
  void aTimersTaskIsRunAgain() {
    loop.execute(() -> loop.schedule(0, this::failAtFirst));

    Await.until("it is run again", () -> runs.get() == 2);
  }

  @Test
  void aTimersTaskThatWaitsToBeRunAgainCanBeCancelled() {
    IoLoop.Timer[] timer = new IoLoop.Timer[1];
    loop.execute(() -> timer[0] = loop.schedule(0, this::failAtFirst));
    Await.until("it has run", () -> runs.get() == 1);
    loop.execute(() -> timer[0].cancel());
    loop.execute(() -> loop.schedule(1_000_000_000, () -> runs.addAndGet(100)));

    Await.until("a second has passed", () -> runs.get() >= 100);
    assertThat(runs).hasValue(101);
  }
}
