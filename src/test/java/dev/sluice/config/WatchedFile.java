package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A watcher over a real file, and what it tells. */
final class WatchedFile implements ConfigWatcher.Listener, AutoCloseable {

  /** Longer than a test takes between two steps of one change, on a busy machine too. */
  private static final Duration QUIET = Duration.ofMillis(200);

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final ConfigWatcher watcher;
  volatile Thread thread;

  private WatchedFile(Path file) throws IOException, ConfigurationException {
    ConfigLoader loader = loader(file);
    ConfigFile current = loader.load().file().orElseThrow();
    watcher = ConfigWatcher.start(loader, current, QUIET, this::thread, this);
  }

  static WatchedFile at(Path file) throws IOException, ConfigurationException {
    return new WatchedFile(file);
  }

  static ConfigLoader loader(Path file) {
    return new ConfigLoader(
        Map.of("sluice.config", file.toString()), Map.of(), Files::newInputStream);
  }

  static String pinging(int seconds) {
    return "tunnel: {ping: " + seconds + "s}\n";
  }

  private Thread thread(Runnable work) {
    thread = new Thread(work, "config-watcher-test");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void changed(Configuration next) {
    told.add(next.relay().ping().toSeconds());
  }

  @Override
  public void refused(List<Problem> problems) {
    told.add(problems.get(0).toString());
  }

  /** What is told next: the ping in seconds of a new configuration, or the first problem. */
  Object next() throws InterruptedException {
    Object next = told.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told within a minute");
    }
    return next;
  }

  boolean nothingMore() {
    return told.isEmpty();
  }

  @Override
  public void close() {
    watcher.close();
  }
}
