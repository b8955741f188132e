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
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads files again when they change: written in place, renamed over, removed and made again, or
 * reached by a symbolic link that is swapped. Has one thread, on which everything is called; what
 * does not change what they say is passed over.
 */
public final class FileWatcher<T> implements AutoCloseable {

  private static final Logger LOG = System.getLogger(FileWatcher.class.getName());

  /** Editors write in steps; so long must nothing happen before a file counts as written. */
  public static final Duration QUIET = Duration.ofMillis(200);

  /** A file that is written all the time is looked into this often, counted in quiet times. */
  private static final int MOST_QUIETS = 10;

  /** And a change of it counts as written once it was seen so often. */
  private static final int MOST_READINGS = 3;

  private static final int MOST_WALKS = 10;

  /** How long nothing happens, at the longest, before the files are read all the same. */
  private static final Duration FOREVER = Duration.ofDays(1);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final List<Path> files;
  private final Duration quiet;
  private final Content<T> content;
  private final WatchService service;
  private final Thread thread;
  private Set<WatchKey> keys = Set.of();
  private Set<Path> entries = Set.of();
  private T last;
  private volatile boolean closed;

  private FileWatcher(
      List<Path> files, Duration quiet, ThreadFactory threads, T current, Content<T> content)
      throws IOException {
    this.files = List.copyOf(files);
    this.quiet = quiet;
    this.content = content;
    this.last = current;
    this.service = FileSystems.getDefault().newWatchService();
    this.thread = threads.newThread(this::run);
  }

  /**
   * Starts watching. A change made since {@code current} was read is found at once.
   *
   * @param quiet how long nothing must happen before the files count as written
   * @param threads makes the one thread
   * @param current the files as they were when what is in force was read
   * @throws IOException if the system has no means left to watch with
   */
  public static <T> FileWatcher<T> start(
      List<Path> files, Duration quiet, ThreadFactory threads, T current, Content<T> content)
      throws IOException {
    FileWatcher<T> watcher = new FileWatcher<>(files, quiet, threads, current, content);
    try {
      watcher.watch();
    } catch (IOException | RuntimeException e) {
      watcher.service.close();
      throw e;
    }
    watcher.thread.start();
    return watcher;
  }

  /** Stops; once it returns, nothing is called again, unless the one thread has closed this. */
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
        readings = look(readings);
      }
    } catch (ClosedWatchServiceException e) {
      LOG.log(Level.DEBUG, "No longer watching {0}", files);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.ERROR, "Changes to " + names() + " need a restart from now on", e);
    }
  }

  /** The number of readings in a row that say something new, after so many of them before. */
  private int look(int readingsBefore) throws IOException, InterruptedException {
    try {
      watch();
      T reading = read();
      boolean news = !content.same(last, reading);
      int readings = news ? readingsBefore + 1 : 0;
      boolean event = await(news ? quiet.toNanos() : FOREVER.toNanos());
      if (news && (!event || readings >= MOST_READINGS)) {
        readings = 0;
        tell(reading);
        last = reading;
      }
      if (event) {
        settle();
      }
      return readings;
    } catch (OutOfMemoryError e) {
      Thread.sleep(quiet.toMillis()); // somebody else's, mostly: then the files are read anew
      return readingsBefore;
    }
  }

  /** Takes events until none came for the quiet time. */
  private void settle() throws InterruptedException {
    long deadline = System.nanoTime() + quiet.toNanos() * MOST_QUIETS;
    long left = quiet.toNanos();
    while (left > 0 && await(left)) {
      left = Math.min(quiet.toNanos(), deadline - System.nanoTime());
    }
  }

  /**
   * Waits for an event that may change what the files say: one of a neighbour does not.
   *
   * @return false when none came in time
   */
  private boolean await(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (true) {
      @Nullable WatchKey key = service.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return false;
      }
      boolean ours = key.pollEvents().stream().anyMatch(event -> isOurs(key, event));
      boolean gone = !key.reset();
      if (ours || gone) {
        return true;
      }
    }
  }

  private boolean isOurs(WatchKey key, WatchEvent<?> event) {
    return !(event.context() instanceof Path name) // too many to be told one by one
        || entries.contains(((Path) key.watchable()).resolve(name));
  }

  /** Watches what leads to the files now; again while that changes under our hands. */
  private void watch() throws IOException {
    Set<Path> now = walk();
    for (int i = 0; i < MOST_WALKS; i++) {
      boolean complete = register(now);
      Set<Path> after = walk();
      if (complete && after.equals(now)) {
        return;
      }
      now = after;
    }
  }

  private Set<Path> walk() {
    Set<Path> all = new LinkedHashSet<>();
    files.forEach(file -> all.addAll(WatchedEntries.of(file)));
    return all;
  }

  /** False when a directory has gone meanwhile. */
  private boolean register(Set<Path> wanted) throws IOException {
    entries = wanted;
    Set<WatchKey> now = new HashSet<>();
    try {
      for (Path entry : wanted) {
        now.add(
            directoryOf(entry)
                .register(
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

  /** An entry has one: the root itself is none. */
  private static Path directoryOf(Path entry) {
    return Objects.requireNonNull(entry.getParent());
  }

  private T read() {
    try {
      return content.read();
    } catch (RuntimeException e) {
      // a defect of ours or of a library's: the next change is to find the watcher alive
      LOG.log(Level.ERROR, names() + " could not be read; what was in force stays", e);
      return last;
    }
  }

  private void tell(T reading) {
    if (closed) {
      return;
    }
    try {
      content.changed(reading);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A change of " + names() + " was not taken over", e);
    }
  }

  private String names() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  /** What the files say. Called by the watcher's one thread. */
  public interface Content<T> {

    /** Reads all files as they are now; that one is missing or wrong is something they say. */
    T read();

    /** Whether two readings say the same. */
    boolean same(T before, T after);

    /** The files have changed and say this now. */
    void changed(T reading);
  }
}
