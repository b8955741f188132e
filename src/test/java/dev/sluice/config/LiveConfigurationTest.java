package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigurationTest {

  private static final Duration QUIET = Duration.ofMillis(30);
  private static final ThreadFactory NO_THREAD =
      work -> {
        throw new AssertionError("no file, so nothing to watch");
      };

  @TempDir Path directory;

  @Test
  void withoutAFileNothingIsWatchedAndEverythingRefused() throws Exception {
    try (LiveConfiguration live = LiveConfiguration.start(Sources.none().loader(), NO_THREAD)) {
      assertThat(live.current().refusesEverything()).isTrue();
      assertThat(live.current().file()).isEmpty();
      assertThat(live.problems()).isEmpty();
    }
  }

  @Test
  void anInvalidConfigurationDoesNotStart() {
    ConfigLoader loader = Sources.none().property("sluice.x", "y").loader();
    assertThatThrownBy(() -> LiveConfiguration.start(loader, NO_THREAD))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("property sluice.x: is not a known key");
  }

  @Test
  void aValidChangeIsInForceExceptWhatNeedsARestart() throws Exception {
    Path file = Files.writeString(directory.resolve("s.yaml"), "listen: {port: 9090}\n");
    try (LiveConfiguration live = start(file)) {
      BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
      live.onChange(changes::add);
      Files.writeString(file, "listen: {port: 9091}\nrules: [{allow: true, networks: [public]}]\n");
      Configuration next = changes.poll(60, TimeUnit.SECONDS);
      assertThat(next).isSameAs(live.current());
      assertThat(next.refusesEverything()).isFalse();
      assertThat(next.listen().port()).isEqualTo(9090);
    }
  }

  @Test
  void anInvalidChangeLeavesWhatIsInForceUntilItIsCorrected() throws Exception {
    Path file = Files.writeString(directory.resolve("s.yaml"), WatchedFile.pinging(1));
    try (LiveConfiguration live = start(file)) {
      BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
      live.onChange(changes::add);
      Configuration before = live.current();
      Files.writeString(file, "tunnel: {ping: 5}\n");
      awaitProblems(live);
      assertThat(live.current()).isSameAs(before);
      assertThat(changes).isEmpty();
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(changes.poll(60, TimeUnit.SECONDS).relay().ping()).hasSeconds(2);
      assertThat(live.problems()).isEmpty();
    }
  }

  @Test
  void aListenerThatFailsDoesNotEndTheWatch() throws Exception {
    Path file = Files.writeString(directory.resolve("s.yaml"), WatchedFile.pinging(1));
    try (LiveConfiguration live = start(file)) {
      CountDownLatch failed = new CountDownLatch(1);
      BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
      live.onChange(
          next -> {
            if (failed.getCount() > 0) {
              failed.countDown();
              throw new IllegalStateException("on purpose");
            }
            changes.add(next);
          });
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
      Files.writeString(file, WatchedFile.pinging(3));
      assertThat(changes.poll(60, TimeUnit.SECONDS).relay().ping()).hasSeconds(3);
    }
  }

  private static LiveConfiguration start(Path file) throws ConfigurationException {
    return LiveConfiguration.start(WatchedFile.loader(file), QUIET, Thread::new);
  }

  private static void awaitProblems(LiveConfiguration live) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (live.problems().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
