package dev.sluice.launcher;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.TransportProbe;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.memory.ThreadLocalPoolProvider;
import org.glassfish.grizzly.nio.SelectorRunner;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.threadpool.DefaultWorkerThread;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * Threads for Grizzly's two pools that go on after an error, which is an {@link OutOfMemoryError}
 * mostly, whoever has taken the memory. Grizzly's own would end with it and nothing would take
 * their place: a worker less for good, and behind a selector connections that nobody serves.
 */
final class LastingThreads {

  private static final System.Logger LOG = System.getLogger(LastingThreads.class.getName());

  /**
   * A selector's own line on an error, without memory for it, is what ends it. So it says nothing,
   * and what it fails with is told by {@link Failures}. Held, or the level would be forgotten.
   */
  private static final Logger SELECTORS = Logger.getLogger(SelectorRunner.class.getName());

  /** Until the next try: without any memory it fails at once. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final MemoryManager<?> memory;

  private LastingThreads(MemoryManager<?> memory) {
    this.memory = memory;
  }

  /**
   * Gives a transport that is not started yet such threads.
   *
   * @param workers of its second pool, which the requests run on
   */
  static void serve(TCPNIOTransport transport, int workers) {
    LastingThreads threads = new LastingThreads(transport.getMemoryManager());
    AtomicInteger made = new AtomicInteger();
    SELECTORS.setLevel(Level.OFF);
    transport.getMonitoringConfig().addProbes(new Failures());
    transport.setKernelThreadPool(threads.selectors());
    transport.setWorkerThreadPoolConfig(
        ThreadPoolConfig.defaultConfig()
            .copy()
            .setCorePoolSize(workers)
            .setMaxPoolSize(workers)
            .setThreadFactory(
                worker ->
                    threads.make("sluice-http-" + made.getAndIncrement(), () -> keep(worker))));
  }

  private ExecutorService selectors() {
    AtomicInteger made = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        0,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> make("sluice-selector-" + made.getAndIncrement(), task)) {
      @Override
      public void execute(Runnable task) {
        Runnable lasting = task instanceof SelectorRunner runner ? () -> resume(runner) : task;
        super.execute(() -> keep(lasting));
      }
    };
  }

  private Thread make(String name, Runnable task) {
    Thread thread =
        new DefaultWorkerThread(
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER,
            name,
            memory instanceof ThreadLocalPoolProvider provider
                ? provider.createThreadLocalPool()
                : null,
            task);
    thread.setDaemon(true);
    return thread;
  }

  private static void keep(Runnable task) {
    while (!ends(task)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /**
   * Begins, or goes on where an error has left it: what it was at may close a connection that has
   * done nothing, which is better than none being served.
   */
  private static void resume(SelectorRunner runner) {
    if (runner.getRunnerThread() != null) {
      runner.postpone();
    }
    runner.run();
  }

  private static boolean ends(Runnable task) {
    try {
      task.run();
      return true;
    } catch (RuntimeException | Error e) {
      report(e);
      return false;
    }
  }

  /** What a selector goes on after by itself. */
  private static final class Failures extends TransportProbe.Adapter {
    @Override
    public void onErrorEvent(Transport transport, Throwable error) {
      report(error);
      if (error instanceof Error) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.log(System.Logger.Level.ERROR, "a thread of the server failed, and goes on", failure);
    } catch (RuntimeException | Error silent) {
      // there was no memory for it
    }
  }
}
