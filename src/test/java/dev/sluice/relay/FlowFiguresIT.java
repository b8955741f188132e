package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figures that the README repeats: what a slow side costs, and how soon a stall ends. */
@Tag("quiet")
@Timeout(120)
class FlowFiguresIT extends RelayFixture {

  private static final double MIB = 1_048_576;
  private static final long LIMIT = (long) (1.1 * MIB);
  private static final int FAST = 100_000_000;
  private static final int SLOW = 1_000_000;
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(20);

  @Test
  void aSlowClientOfAFastTargetHoldsTheMarkAndOneRead() throws Exception {
    open(RelaySettings.defaults());
    port.keepBytes = false;
    OutputStream out = target.getOutputStream();
    byte[] chunk = new byte[8_192];
    long idle = idle();
    daemon(() -> write(out, chunk, new Pace(FAST)));
    daemon(this::completeSlowly);
    report("slow client", idle, RelayStats::bufferedDown, RelayStats::bytesDown);
  }

  @Test
  void aSlowTargetOfAFastClientHoldsTheMarkAndOneFrame() throws Exception {
    listener.setReceiveBufferSize(65_536);
    open(RelaySettings.defaults());
    InputStream in = target.getInputStream();
    byte[] chunk = new byte[16_384];
    byte[] frame = new byte[16_384];
    long idle = idle();
    daemon(() -> read(in, chunk, new Pace(SLOW)));
    daemon(() -> sendUnlessStopped(frame));
    report("slow target", idle, RelayStats::bufferedUp, RelayStats::bytesUp);
  }

  @Test
  void aResumeReachesTheTargetWithinFiveMilliseconds() throws Exception {
    open(RelaySettings.defaults());
    target.setSendBufferSize(16_384);
    port.keepBytes = false;
    OutputStream out = target.getOutputStream();
    long[] lastWrite = new long[1];
    daemon(() -> stamp(out, new byte[16_384], lastWrite));
    double[] millis = new double[51];
    for (int i = 0; i < millis.length; i++) {
      await(() -> relay.stats().pausedDown() && System.nanoTime() - read(lastWrite) > 50_000_000L);
      while (relay.stats().bufferedDown() > RelaySettings.HIGH_WATER_MARK / 2 + ChunkPool.LARGE) {
        port.complete(true);
      }
      long stalled = read(lastWrite);
      long resumedAt = 0;
      while (relay.stats().pausedDown()) {
        resumedAt = System.nanoTime();
        port.complete(true);
      }
      await(() -> read(lastWrite) != stalled);
      millis[i] = (read(lastWrite) - resumedAt) / 1e6;
    }
    Arrays.sort(millis);
    System.out.printf(
        "resume after a stall reaches the target: median %.2f ms, worst of %d %.2f ms%n",
        millis[millis.length / 2], millis.length, millis[millis.length - 1]);
    assertThat(millis[millis.length / 2]).isLessThan(5);
  }

  /** Samples for the run's time, then prints and judges what was held. */
  private void report(
      String name, long idle, ToLongFunction<RelayStats> buffered, ToLongFunction<RelayStats> moved)
      throws Exception {
    long counted = 0;
    long chunks = 0;
    ArrayDeque<Long> seen = new ArrayDeque<>();
    long start = System.nanoTime();
    long nextGc = start + RUN_NANOS / 10;
    while (System.nanoTime() - start < RUN_NANOS) {
      counted = Math.max(counted, buffered.applyAsLong(relay.stats()));
      chunks = Math.max(chunks, budget.used());
      if (System.nanoTime() > nextGc) {
        seen.add(usedAfterGc() - idle);
        nextGc += RUN_NANOS / 10;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    long[] heap = seen.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%s, 20 s: counted at most %.3f MiB, in buffers at most %.3f MiB, heap and direct memory"
            + " grew by %.3f MiB (median), %.1f MB carried%n",
        name,
        counted / MIB,
        chunks / MIB,
        heap[heap.length / 2] / MIB,
        moved.applyAsLong(relay.stats()) / 1e6);
    assertThat(counted).isBetween((long) RelaySettings.HIGH_WATER_MARK, LIMIT);
    assertThat(chunks).isLessThanOrEqualTo(LIMIT);
    assertThat(heap[heap.length / 2]).isLessThanOrEqualTo(LIMIT);
    assertThat(moved.applyAsLong(relay.stats())).isGreaterThan(SLOW * 10L);
    relay.abort(EndCause.CLIENT_LOST, null);
    assertEndedOnceBy(EndCause.CLIENT_LOST);
  }

  /** What the loop shares out to all its tunnels is the node's, whether or not one flows. */
  private long idle() throws InterruptedException {
    CountDownLatch allocated = new CountDownLatch(1);
    IoLoop loop = loops.next();
    loop.execute(
        () -> {
          loop.passage();
          loop.scrap();
          allocated.countDown();
        });
    assertThat(allocated.await(20, TimeUnit.SECONDS)).isTrue();
    return usedAfterGc();
  }

  private static long usedAfterGc() {
    System.gc();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(p -> p.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** A client at the slow rate: a message completes when it would have left by then. */
  private void completeSlowly() {
    Pace pace = new Pace(SLOW);
    int seen = 0;
    while (port.closed.getCount() > 0) {
      int size = 0;
      synchronized (port) {
        if (port.messages.size() > seen) {
          size = port.messages.get(seen);
        }
      }
      if (size > 0) {
        seen++;
        pace.moved(size);
        port.complete(true);
      } else {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private void sendUnlessStopped(byte[] frame) {
    Pace pace = new Pace(FAST);
    while (port.closed.getCount() > 0) {
      if (relay.stats().pausedUp()) {
        LockSupport.parkNanos(100_000);
      } else {
        fromClient(frame);
        pace.moved(frame.length);
      }
    }
  }

  private static void write(OutputStream out, byte[] chunk, Pace pace) {
    try {
      while (true) {
        out.write(chunk);
        pace.moved(chunk.length);
      }
    } catch (IOException e) {
      // the relay has been ended: so is this
    }
  }

  private static void read(InputStream in, byte[] chunk, Pace pace) {
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        pace.moved(n);
      }
    } catch (IOException e) {
      // as above
    }
  }

  private static void stamp(OutputStream out, byte[] chunk, long[] lastWrite) {
    try {
      while (true) {
        out.write(chunk);
        synchronized (lastWrite) {
          lastWrite[0] = System.nanoTime();
        }
      }
    } catch (IOException e) {
      // as above
    }
  }

  private static long read(long[] stamp) {
    synchronized (stamp) {
      return stamp[0];
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
      LockSupport.parkNanos(20_000);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  /** Keeps to a rate in bytes a second. */
  private static final class Pace {
    private final double rate;
    private final long start = System.nanoTime();
    private long moved;

    Pace(int rate) {
      this.rate = rate;
    }

    void moved(int bytes) {
      moved += bytes;
      long ahead = (long) (moved / rate * 1e9) - (System.nanoTime() - start);
      if (ahead > 0) {
        LockSupport.parkNanos(ahead);
      }
    }
  }
}
