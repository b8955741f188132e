package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedDirectoriesTest {

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void aRootWithoutLinks() throws IOException {
    root = temporary.toRealPath();
  }

  @Test
  void aPlainFilesDirectoryIsTheOnlyOne() throws IOException {
    Path file = Files.createFile(root.resolve("f"));
    assertThat(WatchedDirectories.of(file)).containsExactly(root);
  }

  @Test
  void aMissingFilesDirectoryIsWatchedForIt() {
    assertThat(WatchedDirectories.of(root.resolve("f"))).containsExactly(root);
  }

  @Test
  void theLastDirectoryThatExistsIsWatchedForTheNext() {
    assertThat(WatchedDirectories.of(root.resolve("a/b/f"))).containsExactly(root);
  }

  @Test
  void eachDirectoryWithALinkOnTheWayIsOne() throws IOException {
    Path real = Files.createDirectories(root.resolve("x/real"));
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(root.resolve("current"), Path.of("./x/real"));
    Path file = Files.createSymbolicLink(links.resolve("f"), Path.of("../current/f"));
    assertThat(WatchedDirectories.of(file)).containsExactly(links, root, real);
  }

  @Test
  void aLinkToNothingIsWatchedAtBothEnds() throws IOException {
    Path there = Files.createDirectory(root.resolve("there"));
    Path file = Files.createSymbolicLink(root.resolve("f"), there.resolve("g"));
    assertThat(WatchedDirectories.of(file)).containsExactly(root, there);
  }

  @Test
  void linksInACircleEnd() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Path file = Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
    assertThat(WatchedDirectories.of(file)).containsExactly(root);
  }

  @Test
  void aRelativePathIsTakenFromTheWorkingDirectory() {
    assertThat(WatchedDirectories.of(Path.of("pom.xml"))).contains(Path.of("").toAbsolutePath());
  }
}
