package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatcherTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aFileThatPingsEverySecond() throws IOException {
    file = Files.writeString(directory.resolve("sluice.yaml"), WatchedFile.pinging(1));
  }

  @Test
  void aFileWrittenInPlaceIsReadAgain() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(watched.next()).isEqualTo(2L);
      Files.writeString(file, WatchedFile.pinging(3));
      assertThat(watched.next()).isEqualTo(3L);
    }
  }

  @Test
  void aFileRenamedOverIsReadAgain() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      for (int i = 2; i < 5; i++) {
        Path draft = Files.writeString(directory.resolve("draft"), WatchedFile.pinging(i));
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(watched.next()).isEqualTo((long) i);
      }
    }
  }

  @Test
  void anInvalidChangeIsRefusedAndTheNextValidOneTakenOver() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      Files.writeString(file, "tunnel: {ping: 5}\n");
      assertThat(watched.next()).asString().contains("tunnel.ping: \"5\" has no unit");
      Files.writeString(file, "tunnel: {ping\n");
      assertThat(watched.next()).asString().contains("is not YAML");
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(watched.next()).isEqualTo(2L);
    }
  }

  @Test
  void goingBackToWhatIsInForceAfterAMistakeIsToldToo() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      Files.writeString(file, "tunnel: {ping: 5}\n");
      assertThat(watched.next()).asString().contains("has no unit");
      Files.writeString(file, WatchedFile.pinging(1));
      assertThat(watched.next()).isEqualTo(1L);
    }
  }

  @Test
  void aFileRemovedIsRefusedAndReadOnceItIsBack() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      Files.delete(file);
      assertThat(watched.next()).asString().contains("does not exist");
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(watched.next()).isEqualTo(2L);
    }
  }

  @Test
  void aDirectoryRemovedIsRefusedAndTheFileReadOnceBothAreBack() throws Exception {
    Path deep = Files.createDirectories(directory.resolve("a/b"));
    Path inDeep = Files.writeString(deep.resolve("sluice.yaml"), WatchedFile.pinging(1));
    try (WatchedFile watched = WatchedFile.at(inDeep)) {
      Files.delete(inDeep);
      Files.delete(deep);
      Files.delete(deep.getParent());
      assertThat(watched.next()).asString().contains("does not exist");
      Path draft = Files.writeString(directory.resolve("draft"), WatchedFile.pinging(2));
      Files.createDirectories(deep);
      Files.move(draft, inDeep);
      assertThat(watched.next()).isEqualTo(2L);
    }
  }

  /** As Kubernetes changes a mounted ConfigMap: the file itself never sees an event. */
  @Test
  void aLinkOnTheWayThatIsSwappedIsFollowed() throws Exception {
    Files.delete(file);
    version("..1", 1);
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(file, Path.of("..data/sluice.yaml"));
    try (WatchedFile watched = WatchedFile.at(file)) {
      for (int i = 2; i < 5; i++) {
        version(".." + i, i);
        Path swap = Files.createSymbolicLink(directory.resolve("..swap"), Path.of(".." + i));
        Files.move(swap, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(watched.next()).isEqualTo((long) i);
      }
      Files.writeString(directory.resolve("..4/sluice.yaml"), WatchedFile.pinging(9));
      assertThat(watched.next()).isEqualTo(9L);
    }
  }

  @Test
  void aLinkIntoAnotherDirectoryIsFollowedAndItsTargetWatched() throws Exception {
    version("one", 1);
    version("two", 2);
    Path current = Files.createSymbolicLink(directory.resolve("current"), directory.resolve("one"));
    Path etc = Files.createDirectory(directory.resolve("etc"));
    Path link =
        Files.createSymbolicLink(etc.resolve("sluice.yaml"), Path.of("../current/sluice.yaml"));
    try (WatchedFile watched = WatchedFile.at(link)) {
      Path swap = Files.createSymbolicLink(directory.resolve("swap"), directory.resolve("two"));
      Files.move(swap, current, StandardCopyOption.ATOMIC_MOVE);
      assertThat(watched.next()).isEqualTo(2L);
      Files.writeString(directory.resolve("two/sluice.yaml"), WatchedFile.pinging(3));
      assertThat(watched.next()).isEqualTo(3L);
    }
  }

  private void version(String name, int ping) throws IOException {
    Path version = Files.createDirectory(directory.resolve(name));
    Files.writeString(version.resolve("sluice.yaml"), WatchedFile.pinging(ping));
  }

  @Test
  void aChangeBeforeTheWatchBeganIsFoundAtOnce() throws Exception {
    ConfigLoader loader = WatchedFile.loader(file);
    ConfigFile before = loader.load().file().orElseThrow();
    Files.writeString(file, WatchedFile.pinging(2));
    var told = new LinkedBlockingQueue<Configuration>();
    ConfigWatcher.Listener listener =
        new ConfigWatcher.Listener() {
          @Override
          public void changed(Configuration next) {
            told.add(next);
          }

          @Override
          public void refused(List<Problem> problems) {
            throw new AssertionError(problems);
          }
        };
    try (ConfigWatcher watcher = ConfigWatcher.start(loader, before, Thread::new, listener)) {
      assertThat(told.poll(60, TimeUnit.SECONDS).relay().ping()).hasSeconds(2);
    }
  }

  @Test
  void whatLeavesTheContentAsItIsIsNotTold() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      Files.writeString(file, WatchedFile.pinging(1));
      Files.writeString(directory.resolve("other"), "x");
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(watched.next()).isEqualTo(2L);
      assertThat(watched.nothingMore()).isTrue();
    }
  }

  @Test
  void aFileThatIsEmptiedAndFilledAgainIsNeverTakenForAnEmptyOne() throws Exception {
    try (WatchedFile watched = WatchedFile.at(file)) {
      for (int i = 2; i < 12; i++) {
        Files.newOutputStream(file).close();
        Files.writeString(file, WatchedFile.pinging(i));
        assertThat(watched.next()).isEqualTo((long) i);
      }
    }
  }

  /** As an audit record, or a log, that lies beside it: what is revoked must not wait for them. */
  @Test
  void aNeighbourThatIsWrittenAllTheTimeHoldsNoChangeUp() throws Exception {
    Thread neighbour = new Thread(this::writeUntilInterrupted, "neighbour");
    neighbour.start();
    try (WatchedFile watched = WatchedFile.at(file)) {
      long since = System.nanoTime();
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(watched.next()).isEqualTo(2L);
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
    } finally {
      neighbour.interrupt();
      neighbour.join();
    }
  }

  private void writeUntilInterrupted() {
    try {
      while (true) {
        Files.writeString(directory.resolve("audit.jsonl"), "{}\n");
        Thread.sleep(10);
      }
    } catch (InterruptedException theTestIsDone) {
      // as it should
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aChangeThatFoundNoMemoryIsReadAgain() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    FileWatcher.Content<String> content =
        new FileWatcher.Content<>() {
          @Override
          public String read() {
            try {
              return Files.readString(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public boolean same(String before, String after) {
            return before.equals(after);
          }

          @Override
          public void changed(String reading) {
            if (full.getAndSet(false)) {
              throw new OutOfMemoryError("of this test");
            }
            told.add(reading);
          }
        };
    FileWatcher<String> watcher =
        FileWatcher.start(
            List.of(file), FileWatcher.QUIET, Thread::new, Files.readString(file), content);
    try (watcher) {
      Files.writeString(file, WatchedFile.pinging(2));
      assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(WatchedFile.pinging(2));
    }
  }

  @Test
  void closeEndsTheThread() throws Exception {
    WatchedFile watched = WatchedFile.at(file);
    watched.close();
    assertThat(watched.thread.isAlive()).isFalse();
    watched.close();
  }
}
