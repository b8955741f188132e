package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All who watch the node's sessions. One thread serves them together, once a second, and only while
 * somebody watches; what the same caller is shown is made once. Who does not read is let go.
 */
public final class Watchers implements AutoCloseable {

  /** How many may watch the node. */
  static final int MOST = 64;

  /** How many may watch from one address, as limits count addresses. */
  static final int MOST_OF_ONE = 8;

  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final System.Logger LOG = System.getLogger(Watchers.class.getName());

  private final ThreadFactory threads;
  private final Object lock = new Object();
  private final Map<Watcher, Watching> all = new LinkedHashMap<>();

  /** The addresses of those whose answer is about to begin: they have their place already. */
  private final List<String> starting = new ArrayList<>();

  private @Nullable Thread thread;
  private boolean closed;

  /**
   * Nobody watches yet.
   *
   * @param threads makes the one thread, whenever somebody begins to watch
   */
  public Watchers(ThreadFactory threads) {
    this.threads = threads;
  }

  private record Watching(
      String address, ClientIdentity who, Function<ClientIdentity, Optional<byte[]>> events) {}

  /** Makes a watcher once there is room for it. */
  @FunctionalInterface
  interface Start {
    Watcher start() throws IOException;
  }

  /**
   * Lets one more watch.
   *
   * @param address where it watches from
   * @param events makes what it is shown next; empty: it may watch no longer
   * @return false where there is no room
   */
  boolean add(
      String address,
      ClientIdentity who,
      Function<ClientIdentity, Optional<byte[]>> events,
      Start start)
      throws IOException {
    synchronized (lock) {
      long own = all.values().stream().filter(w -> w.address.equals(address)).count();
      own += starting.stream().filter(address::equals).count();
      if (closed || all.size() + starting.size() >= MOST || own >= MOST_OF_ONE) {
        return false;
      }
      starting.add(address);
    }
    Watcher watcher = null;
    try {
      watcher = start.start();
    } finally {
      keep(watcher, new Watching(address, who, events));
    }
    return true;
  }

  /** A place that was kept is taken, or, when the answer could not begin, free again. */
  private void keep(@Nullable Watcher watcher, Watching watching) {
    boolean late;
    synchronized (lock) {
      starting.remove(watching.address);
      late = closed;
      if (watcher == null) {
        return;
      }
      if (!late) {
        all.put(watcher, watching);
      }
      if (!late && thread == null) {
        Thread made = threads.newThread(this::serve);
        made.setName("sluice-events");
        thread = made;
        made.start();
      }
    }
    if (late) {
      watcher.end();
    }
  }

  /** How many watch. */
  int count() {
    synchronized (lock) {
      return all.size();
    }
  }

  private void serve() {
    try {
      while (showOnce()) {
        // until nobody watches
      }
    } catch (InterruptedException e) {
      close(); // the server wants its thread back
    }
  }

  /** False when nobody watches any more. */
  private boolean showOnce() throws InterruptedException {
    try {
      Map<Watcher, Watching> now = next();
      show(now);
      return !now.isEmpty();
    } catch (OutOfMemoryError e) {
      return true; // the next period may find some
    }
  }

  /** Who watches, after the period; nobody: the thread is to end. */
  private Map<Watcher, Watching> next() throws InterruptedException {
    synchronized (lock) {
      long end = System.nanoTime() + PERIOD_NANOS;
      for (long left = PERIOD_NANOS; left > 0 && !closed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      for (Iterator<Watcher> each = all.keySet().iterator(); each.hasNext(); ) {
        if (each.next().isOver()) {
          each.remove();
        }
      }
      if (closed || all.isEmpty()) {
        thread = null;
        return Map.of();
      }
      return new LinkedHashMap<>(all);
    }
  }

  private static void show(Map<Watcher, Watching> now) {
    Map<ClientIdentity, Optional<byte[]>> made = new HashMap<>();
    now.forEach(
        (watcher, watching) -> {
          try {
            Optional<byte[]> event = made.computeIfAbsent(watching.who, watching.events);
            event.ifPresentOrElse(watcher::show, watcher::end);
          } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a watcher could not be served", e);
            watcher.end();
          }
        });
  }

  /** Nobody watches any more, and nobody will. */
  @Override
  public void close() {
    Map<Watcher, Watching> last;
    synchronized (lock) {
      closed = true;
      last = new LinkedHashMap<>(all);
      all.clear();
      lock.notifyAll();
    }
    last.keySet().forEach(Watcher::end);
  }
}
