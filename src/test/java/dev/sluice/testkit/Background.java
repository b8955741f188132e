package dev.sluice.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work beside the test's own thread, on daemon threads that never hold the build up. */
public final class Background {

  private Background() {}

  /** Starts {@code work} on a thread of its own. */
  public static void run(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts {@code work} on a thread of its own; {@link #join} gives its result. */
  public static <T> Future<T> call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    run("background", task);
    return task;
  }

  /** Waits for the result; what the work threw fails the test, and so does a generous timeout. */
  public static <T> T join(Future<T> work) {
    try {
      return work.get(Await.GENEROUS.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("background work failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("background work never ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
