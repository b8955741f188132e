package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.WsClient;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who uses a tunnel of his own while others misbehave: sends 64 bytes, waits for their
 * echo, rests for two milliseconds, and so on. Prints how long the echoes took; judges only what no
 * load of the machine's explains.
 */
final class Neighbour implements AutoCloseable {

  private static final int MOST_SAMPLES = 100_000;
  private static final int QUIET_SAMPLES = 300;
  private static final long STALL_MILLIS = 5_000;

  private final WsClient tunnel;
  private final Future<Object> work;
  private final long[] nanos = new long[MOST_SAMPLES];
  private volatile int count;
  private volatile boolean over;
  private int quietUntil;

  Neighbour(WsClient tunnel) {
    this.tunnel = tunnel;
    this.work = Background.call(this::ask);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private Object ask() throws Exception {
    byte[] question = new byte[64];
    while (!over && count < MOST_SAMPLES) {
      long start = System.nanoTime();
      tunnel.send(question);
      tunnel.receive(question.length);
      nanos[count] = System.nanoTime() - start;
      count++;
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return this;
  }

  /** What came before was quiet: waits until that is enough to compare with. */
  void countOnlyFromNow() {
    Await.until("a quiet figure", () -> count >= QUIET_SAMPLES || work.isDone());
    quietUntil = count;
  }

  /** Asserts that he was served all the time, and prints how well. */
  void assertServed(String meanwhile) {
    int until = count;
    over = true;
    Background.join(work);
    long[] quiet = Arrays.copyOfRange(nanos, QUIET_SAMPLES / 3, quietUntil);
    long[] loaded = Arrays.copyOfRange(nanos, quietUntil, Math.max(until, quietUntil + 1));
    Arrays.sort(quiet);
    Arrays.sort(loaded);
    System.out.printf(
        "%s: round trips p50/p99 quiet %.2f/%.2f ms, meanwhile %.2f/%.2f ms (%d)%n",
        meanwhile, at(quiet, 50), at(quiet, 99), at(loaded, 50), at(loaded, 99), loaded.length);
    assertThat(loaded[loaded.length - 1] / 1e6).as("ms, the longest").isLessThan(STALL_MILLIS);
  }

  private static double at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  @Override
  public void close() throws Exception {
    over = true;
    tunnel.close();
  }
}
