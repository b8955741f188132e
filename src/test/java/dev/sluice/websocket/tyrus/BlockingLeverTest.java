package dev.sluice.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.websocket.BlockedThreads;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BlockingLeverTest {

  private final BlockingLever lever =
      new BlockingLever(
          new BlockedThreads() {
            @Override
            public boolean tryEnter() {
              return true;
            }
          },
          null);

  /** A server's own limit on requests does that, to whatever thread has one for too long. */
  @Test
  void whoIsInterruptedWaitsOnAndIsInterruptedAfterwards() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    lever.pause();
    Thread receiving =
        new Thread(
            () -> {
              lever.messageDone();
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    receiving.start();
    Await.until("it waits", () -> receiving.getState() == Thread.State.WAITING);

    receiving.interrupt();

    Await.until("it waits again", () -> !receiving.isInterrupted() || !receiving.isAlive());
    receiving.join(100);
    assertThat(receiving.isAlive()).isTrue();
    lever.resume();
    receiving.join();
    assertThat(interrupted).isTrue();
  }
}
