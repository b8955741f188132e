package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedEntriesTest {

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void aRootWithoutLinks() throws IOException {
    root = temporary.toRealPath();
  }

  @Test
  void aPlainFileIsTheOnlyOne() throws IOException {
    Path file = Files.createFile(root.resolve("f"));
    assertThat(WatchedEntries.of(file)).containsExactly(file);
  }

  @Test
  void aMissingFileIsWatchedFor() {
    assertThat(WatchedEntries.of(root.resolve("f"))).containsExactly(root.resolve("f"));
  }

  @Test
  void theLastDirectoryThatExistsIsWatchedForTheNext() {
    assertThat(WatchedEntries.of(root.resolve("a/b/f"))).containsExactly(root.resolve("a"));
  }

  @Test
  void eachLinkOnTheWayIsOne() throws IOException {
    Path real = Files.createDirectories(root.resolve("x/real"));
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(root.resolve("current"), Path.of("./x/real"));
    Path file = Files.createSymbolicLink(links.resolve("f"), Path.of("../current/f"));
    assertThat(WatchedEntries.of(file))
        .containsExactly(links.resolve("f"), root.resolve("current"), real.resolve("f"));
  }

  @Test
  void aLinkToNothingIsWatchedAtBothEnds() throws IOException {
    Path there = Files.createDirectory(root.resolve("there"));
    Path file = Files.createSymbolicLink(root.resolve("f"), there.resolve("g"));
    assertThat(WatchedEntries.of(file)).containsExactly(file, there.resolve("g"));
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Path file = Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
    assertThat(WatchedEntries.of(file)).containsExactly(file, root.resolve("a"));
  }

  @Test
  void aRelativePathIsTakenFromTheWorkingDirectory() {
    assertThat(WatchedEntries.of(Path.of("pom.xml"))).contains(Path.of("pom.xml").toAbsolutePath());
  }
}
