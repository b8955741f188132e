package dev.sluice.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The node's loops, handed out in turn: a few threads for all tunnels together. */
public final class IoLoops {

  private final List<IoLoop> loops;
  private final List<Thread> threads;
  private final List<LoopLag> lags;
  private final AtomicInteger turn = new AtomicInteger();

  private IoLoops(List<IoLoop> loops, List<Thread> threads) {
    this.loops = loops;
    this.threads = threads;
    this.lags = loops.stream().map(LoopLag::new).toList();
  }

  /**
   * Opens and starts {@code count} loops.
   *
   * @param threads makes their threads; on an app server, of its {@code ManagedThreadFactory}
   */
  public static IoLoops start(int count, ThreadFactory threads) throws IOException {
    List<IoLoop> loops = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      IoLoop loop = new IoLoop();
      Thread thread = threads.newThread(loop);
      thread.setName("sluice-io-" + i);
      loops.add(loop);
      started.add(thread);
    }
    started.forEach(Thread::start);
    return new IoLoops(List.copyOf(loops), List.copyOf(started));
  }

  /** The loop for the next tunnel or probe. */
  public IoLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** Whether every loop is serving. */
  public boolean allRunning() {
    return loops.stream().allMatch(IoLoop::isRunning);
  }

  /**
   * Nanoseconds that a task waits for the turn of the slowest loop: measured when this is asked,
   * for whoever asks next. Any thread.
   */
  public long lagNanos() {
    return lags.stream().mapToLong(LoopLag::nanos).max().orElse(0);
  }

  /** Stops every loop and waits for its thread, together at most {@code seconds}. */
  public void stop(int seconds) {
    loops.forEach(IoLoop::stop);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      for (Thread t : threads) {
        t.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
