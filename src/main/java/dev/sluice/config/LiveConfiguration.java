package dev.sluice.config;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force: read once at the start, taken over from the file when that changes to
 * something valid. For a composition root to own; any thread may ask it.
 */
public final class LiveConfiguration implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LiveConfiguration.class.getName());

  private final Configuration started;
  private final CopyOnWriteArrayList<Consumer<Configuration>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile Configuration current;
  private volatile List<Problem> problems = List.of();
  private @Nullable ConfigWatcher watcher;

  private LiveConfiguration(Configuration started) {
    this.started = started;
    this.current = started;
  }

  /**
   * Loads the configuration and, where it has a file, watches that.
   *
   * @param threads makes the one thread that watches; listeners are called on it
   * @throws ConfigurationException if it is not valid now
   */
  public static LiveConfiguration start(ConfigLoader loader, ThreadFactory threads)
      throws ConfigurationException {
    return start(loader, FileWatcher.QUIET, threads);
  }

  static LiveConfiguration start(ConfigLoader loader, Duration quiet, ThreadFactory threads)
      throws ConfigurationException {
    LiveConfiguration live = new LiveConfiguration(loader.load());
    if (live.started.file().isPresent()) {
      live.watch(loader, live.started.file().get(), quiet, threads);
    }
    return live;
  }

  private void watch(ConfigLoader loader, ConfigFile file, Duration quiet, ThreadFactory threads) {
    try {
      watcher = ConfigWatcher.start(loader, file, quiet, threads, new Reload());
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "Changes to " + file.path() + " need a restart: it cannot be watched", e);
    }
  }

  /** What is in force. Of what holds from start to end it has the values of the start. */
  public Configuration current() {
    return current;
  }

  /** What is wrong with the file as it is now; empty while it is what is in force. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * Calls {@code listener} after each change, with what is in force from then on. Register first
   * and ask {@link #current} then, or a change may slip between the two.
   */
  public void onChange(Consumer<Configuration> listener) {
    listeners.add(listener);
  }

  /** Stops watching; no listener is called afterwards. What is in force stays. */
  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
  }

  private final class Reload implements ConfigWatcher.Listener {

    @Override
    public void changed(Configuration next) {
      next.noticesUnder(started).forEach(notice -> LOG.log(Level.WARNING, notice));
      current = next.under(started);
      problems = List.of();
      LOG.log(Level.INFO, "The changed configuration is in force");
      listeners.forEach(listener -> listener.accept(current));
    }

    @Override
    public void refused(List<Problem> found) {
      problems = found;
      found.forEach(problem -> LOG.log(Level.ERROR, problem.toString()));
      LOG.log(Level.ERROR, "The changed configuration is not valid; what was in force stays");
    }
  }
}
