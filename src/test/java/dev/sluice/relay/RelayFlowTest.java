package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told while bytes flow, and that nothing turns while none does. */
@Timeout(60)
class RelayFlowTest extends RelayFixture {

  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * A loop with nothing to do takes no processor time, however slow the machine; one that is woken
   * again and again by what it does not take takes all there is.
   */
  private void assertTheLoopRests() throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] loop = new long[1];
    loops.next().execute(() -> loop[0] = Thread.currentThread().getId());
    settle();
    long before = threads.getThreadCpuTime(loop[0]);
    TimeUnit.NANOSECONDS.sleep(LOOK);
    assertThat(threads.getThreadCpuTime(loop[0]) - before).isLessThan(LOOK / 4);
  }

  /** Writes until the gate shuts and nothing more fits into the kernel's buffers. */
  private void flood() throws Exception {
    Thread writer =
        new Thread(
            () -> {
              try {
                target.getOutputStream().write(new byte[32_000_000]);
              } catch (IOException e) {
                // closed at the test's end
              }
            });
    writer.setDaemon(true);
    writer.start();
    Await.until("the gate is shut", () -> relay.stats().pausedDown());
  }

  @Test
  void restsWhenAllIsWritten() throws Exception {
    open();
    fromClient(new byte[8_000_000]);
    assertThat(target.getInputStream().readNBytes(8_000_000)).hasSize(8_000_000);
    settle();
    assertTheLoopRests();
  }

  @Test
  void restsWhileTheGateIsShut() throws Exception {
    open();
    flood();
    assertTheLoopRests();
    assertThat(gateShut).hasValue(0);
  }

  @Test
  void restsWhenTheTargetHasEndedAndTheClientHasNot() throws Exception {
    open();
    target.shutdownOutput();
    assertThat(port.awaitClose()).isTrue();
    assertTheLoopRests();
  }

  @Test
  void restsWhenTheTargetHasEndedAndDoesNotReadWhatTheClientLeft() throws Exception {
    open();
    fromClient(new byte[16_000_000]);
    relay.clientClosed();
    settle(); // from here on what the target sends is thrown away, its end with it
    target.shutdownOutput();
    assertTheLoopRests();
    assertThat(ended.getCount()).isEqualTo(1);
  }

  @Test
  void howLongTheTargetWasNotReadIsToldWhenItIsAgain() throws Exception {
    open();
    flood();
    completeSends();
    Await.until("told", () -> gateShut.get() > 0);
    assertThat(relay.stats().pausedNanosDown()).isGreaterThanOrEqualTo(gateShut.get());
  }

  @Test
  void howLongTheClientWasNotReadIsToldWhenItIsAgain() throws Exception {
    open();
    fromClient(new byte[16_000_000]);
    assertThat(relay.stats().pausedUp()).isTrue();
    assertThat(target.getInputStream().readNBytes(16_000_000)).hasSize(16_000_000);
    Await.until("told", () -> clientStopped.get() > 0);
    assertThat(relay.stats().pausedNanosUp()).isEqualTo(clientStopped.get());
  }

  @Test
  void howMuchIsWelcomeIsTheChainsAppetite() throws Exception {
    make(SETTINGS);
    assertThat(relay.appetite()).isEqualTo(RelaySettings.HIGH_WATER_MARK);
    fromClient(new byte[1000]);
    assertThat(relay.appetite()).isEqualTo(RelaySettings.HIGH_WATER_MARK - 1000);
  }

  @Test
  void onlyTheLoopsThreadFlushesHere() throws Exception {
    make(SETTINGS);
    boolean[] inLoop = new boolean[1];
    loops.next().execute(() -> inLoop[0] = relay.flushesHere());
    settle();
    assertThat(inLoop[0]).isTrue();
    assertThat(relay.flushesHere()).isFalse();
  }

  @Tag("timed")
  @Test
  void aClientThatAnswersEveryPingStays() throws Exception {
    open(withPing(Duration.ofMillis(300)));
    Await.until("five pings", () -> pings() >= 5);
    assertThat(ended.getCount()).isEqualTo(1);
  }

  @Tag("timed")
  @Test
  void aClientThatSendsInsteadOfAnsweringStays() throws Exception {
    open(withPing(Duration.ofMillis(300)));
    port.onPing = id -> {};
    Await.until(
        "five pings",
        () -> {
          fromClient(new byte[1]);
          return pings() >= 5;
        });
    assertThat(ended.getCount()).isEqualTo(1);
  }

  private int pings() {
    synchronized (port) {
      return port.pings;
    }
  }

  private static RelaySettings withPing(Duration ping) {
    return Settings.of(SETTINGS, s -> s.ping = ping);
  }
}
