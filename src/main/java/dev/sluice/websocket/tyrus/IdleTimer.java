package dev.sluice.websocket.tyrus;

import jakarta.websocket.Session;
import java.lang.reflect.Field;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session's timer for idle times, which Sluice keeps itself.
 *
 * <p>Payara's Tyrus, 2.1.5, starts it anew with every message either way, and for sessions too that
 * never time out. It is a task for Payara's managed executor, which searches the class path for
 * what might want to give it a context: 60 µs of a processor a message, under one lock for all
 * tunnels. Where processors are short they queue for that until they stand still for seconds.
 */
public final class IdleTimer {

  private static final System.Logger LOG = System.getLogger(IdleTimer.class.getName());

  private static final String TYRUS = "org.glassfish.tyrus.core.TyrusSession";

  /** Not zero, for which Tyrus (2.2.2) schedules a task with every fragment. */
  private static final long NEVER = -1;

  /** Forgets what it is to schedule, and so never has a thread. */
  private static final ScheduledThreadPoolExecutor NOBODY =
      new ScheduledThreadPoolExecutor(0) {
        @Override
        @SuppressWarnings("NullAway") // what Tyrus takes for a task that is none
        public @Nullable ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          return null;
        }

        @Override
        @SuppressWarnings("NullAway")
        public <V> @Nullable ScheduledFuture<V> schedule(
            Callable<V> task, long delay, TimeUnit unit) {
          return null;
        }
      };

  private IdleTimer() {}

  /** The session never times out by itself. The thread that opens it. */
  public static void stop(Session session) {
    if (session.getClass().getName().equals(TYRUS)) {
      try {
        // there is no other way to it; without it all works, only slower
        Field executor = session.getClass().getDeclaredField("service");
        executor.setAccessible(true);
        executor.set(session, NOBODY);
      } catch (ReflectiveOperationException | RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "this Tyrus keeps its timer to itself", e);
      }
    }
    session.setMaxIdleTimeout(NEVER);
  }
}
