package dev.sluice.launcher;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.glassfish.grizzly.Grizzly;
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

  /** Begins, or goes on where an error has left it. */
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

  private static void report(Throwable failure) {
    try {
      LOG.log(System.Logger.Level.ERROR, "a thread of the server failed, and goes on", failure);
    } catch (RuntimeException | Error silent) {
      // there was no memory for it
    }
  }
}
