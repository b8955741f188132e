package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration again when its file changes. Has one thread, on which the listener is
 * called; what does not change the content is passed over.
 */
public final class ConfigWatcher implements AutoCloseable {

  private final FileWatcher<Reading> watcher;

  private ConfigWatcher(FileWatcher<Reading> watcher) {
    this.watcher = watcher;
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
    return start(loader, current, FileWatcher.QUIET, threads, listener);
  }

  static ConfigWatcher start(
      ConfigLoader loader,
      ConfigFile current,
      Duration quiet,
      ThreadFactory threads,
      Listener listener)
      throws IOException {
    List<Path> files = List.of(current.path());
    Reading inForce = new Reading(current.sha256(), List.of(), null);
    return new ConfigWatcher(
        FileWatcher.start(files, quiet, threads, inForce, new Watched(loader, listener)));
  }

  /** Stops; once it returns, the listener is not called again, unless it has closed this itself. */
  @Override
  public void close() {
    watcher.close();
  }

  private record Watched(ConfigLoader loader, Listener listener)
      implements FileWatcher.Content<Reading> {

    @Override
    public Reading read() {
      try {
        Configuration next = loader.load();
        return new Reading(next.file().map(ConfigFile::sha256).orElse(""), List.of(), next);
      } catch (ConfigurationException e) {
        return new Reading("", e.problems(), null);
      }
    }

    @Override
    public boolean same(Reading before, Reading after) {
      return before.digest.equals(after.digest) && before.problems.equals(after.problems);
    }

    @Override
    public void changed(Reading reading) {
      if (reading.next != null) {
        listener.changed(reading.next);
      } else {
        listener.refused(reading.problems);
      }
    }
  }

  /**
   * The file as it was once.
   *
   * @param digest of a valid one; empty with problems
   * @param next what it says, where it was valid and read by us
   */
  private record Reading(String digest, List<Problem> problems, @Nullable Configuration next) {}

  /** Hears of changes, on the watcher's thread, one at a time. */
  public interface Listener {

    /** The file has changed and is valid; or is valid again. */
    void changed(Configuration next);

    /** The file has changed, and this is wrong with it; what was in force stays. */
    void refused(List<Problem> problems);
  }
}
