package dev.sluice.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration again when its file changes: written in place, renamed over, removed and
 * made again, or reached by a symbolic link that is swapped. Has one thread, on which the listener
 * is called; what does not change the content is passed over.
 */
public final class ConfigWatcher implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ConfigWatcher.class.getName());

  /** Editors write in steps; so long must nothing happen before the file counts as written. */
  static final Duration QUIET = Duration.ofMillis(200);

  /** A directory that never is quiet is looked into this often, counted in quiet times. */
  private static final int MOST_QUIETS = 10;

  /** And a change in it counts as written once it was seen so often. */
  private static final int MOST_READINGS = 3;

  private static final int MOST_WALKS = 10;
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final ConfigLoader loader;
  private final Path file;
  private final Duration quiet;
  private final Listener listener;
  private final WatchService service;
  private final Thread thread;
  private Set<WatchKey> keys = Set.of();
  private Reading last;
  private volatile boolean closed;

  private ConfigWatcher(
      ConfigLoader loader,
      ConfigFile current,
      Duration quiet,
      ThreadFactory threads,
      Listener listener)
      throws IOException {
    this.loader = loader;
    this.file = current.path();
    this.last = new Reading(current.sha256(), List.of(), null);
    this.quiet = quiet;
    this.listener = listener;
    this.service = FileSystems.getDefault().newWatchService();
    this.thread = threads.newThread(this::run);
  }

  /**
   * Starts watching. A change made since {@code current} was read is found at once.
   *
   * @param loader reads the configuration that {@code current} came from
   * @param current the file as it was when the configuration in force was read
   * @param threads makes the one thread
   * @throws IOException if the system has no means left to watch with
   */
  public static ConfigWatcher start(
      ConfigLoader loader, ConfigFile current, ThreadFactory threads, Listener listener)
      throws IOException {
    return start(loader, current, QUIET, threads, listener);
  }

  static ConfigWatcher start(
      ConfigLoader loader,
      ConfigFile current,
      Duration quiet,
      ThreadFactory threads,
      Listener listener)
      throws IOException {
    ConfigWatcher watcher = new ConfigWatcher(loader, current, quiet, threads, listener);
    try {
      watcher.watch();
    } catch (IOException | RuntimeException e) {
      watcher.service.close();
      throw e;
    }
    watcher.thread.start();
    return watcher;
  }

  /** Stops; once it returns, the listener is not called again, unless it has closed this itself. */
  @Override
  public void close() {
    closed = true;
    try {
      service.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The file watch did not close cleanly", e);
    }
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSE_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A reading that says something new is told only when nothing happens for the quiet time after
   * it: an editor that has emptied the file and not yet filled it must not close every tunnel.
   */
  private void run() {
    try {
      int readings = 0;
      while (!closed) {
        watch();
        Reading reading = read();
        boolean news = !reading.saysWhat(last);
        readings = news ? readings + 1 : 0;
        @Nullable WatchKey event =
            news ? service.poll(quiet.toNanos(), TimeUnit.NANOSECONDS) : service.take();
        if (news && (event == null || readings >= MOST_READINGS)) {
          readings = 0;
          last = reading;
          tell(reading);
        }
        if (event != null) {
          settle(event);
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.log(Level.DEBUG, "No longer watching {0}", file);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "Changes to " + file + " need a restart from now on", e);
    }
  }

  /** Takes events until none came for the quiet time. */
  private void settle(WatchKey first) throws InterruptedException {
    long deadline = System.nanoTime() + quiet.toNanos() * MOST_QUIETS;
    for (@Nullable WatchKey key = first; key != null; ) {
      key.pollEvents();
      key.reset();
      long left = Math.min(quiet.toNanos(), deadline - System.nanoTime());
      key = service.poll(left, TimeUnit.NANOSECONDS);
    }
  }

  /** Watches what leads to the file now; again while that changes under our hands. */
  private void watch() throws IOException {
    Set<Path> directories = WatchedDirectories.of(file);
    for (int i = 0; i < MOST_WALKS; i++) {
      boolean complete = register(directories);
      Set<Path> after = WatchedDirectories.of(file);
      if (complete && after.equals(directories)) {
        return;
      }
      directories = after;
    }
  }

  /** False when a directory has gone meanwhile. */
  private boolean register(Set<Path> directories) throws IOException {
    Set<WatchKey> now = new HashSet<>();
    try {
      for (Path directory : directories) {
        now.add(
            directory.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
    keys.stream().filter(key -> !now.contains(key)).forEach(WatchKey::cancel);
    keys = now;
    return true;
  }

  private Reading read() {
    try {
      Configuration next = loader.load();
      return new Reading(next.file().map(ConfigFile::sha256).orElse(""), List.of(), next);
    } catch (ConfigurationException e) {
      return new Reading("", e.problems(), null);
    } catch (RuntimeException e) {
      // a defect of ours or of the YAML library's: the next change is to find the watcher alive
      LOG.log(Level.ERROR, "The configuration could not be read; what was in force stays", e);
      return last;
    }
  }

  private void tell(Reading reading) {
    if (closed) {
      return;
    }
    try {
      if (reading.next != null) {
        listener.changed(reading.next);
      } else {
        listener.refused(reading.problems);
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A change of the configuration was not taken over", e);
    }
  }

  /**
   * The file as it was once.
   *
   * @param digest of a valid one; empty with problems
   * @param next what it says, where it was valid and read by us
   */
  private record Reading(String digest, List<Problem> problems, @Nullable Configuration next) {
    boolean saysWhat(Reading other) {
      return digest.equals(other.digest) && problems.equals(other.problems);
    }
  }

  /** Hears of changes, on the watcher's thread, one at a time. */
  public interface Listener {

    /** The file has changed and is valid; or is valid again. */
    void changed(Configuration next);

    /** The file has changed, and this is wrong with it; what was in force stays. */
    void refused(List<Problem> problems);
  }
}
