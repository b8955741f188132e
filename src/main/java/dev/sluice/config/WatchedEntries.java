package dev.sluice.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The entries of directories that decide what a path leads to: the file's own, and each symbolic
 * link on the way, for a link that is swapped changes the file as well. What else lies beside them,
 * such as a log that is written all the time, decides nothing.
 */
final class WatchedEntries {

  private static final int MOST_LINKS = 40;

  private final Set<Path> entries = new LinkedHashSet<>();
  private final Deque<Path> rest = new ArrayDeque<>();
  private Path at;

  private WatchedEntries(Path absolute) {
    at = root(absolute);
    push(absolute);
  }

  /** All of them; where the way ends early, what is missing is the last. */
  static Set<Path> of(Path file) {
    return new WatchedEntries(file.toAbsolutePath()).walk();
  }

  private Set<Path> walk() {
    int links = 0;
    while (!rest.isEmpty()) {
      Path name = rest.pop();
      if (name.toString().equals("..")) {
        Path parent = at.getParent();
        at = parent == null ? at : parent;
        continue;
      }
      Path next = at.resolve(name);
      boolean link = Files.isSymbolicLink(next);
      if (link || rest.isEmpty() || !Files.isDirectory(next)) {
        entries.add(next);
      }
      if (link) {
        links++;
        if (links > MOST_LINKS || !follow(next)) {
          break;
        }
      } else if (Files.exists(next)) {
        at = next;
      } else {
        break;
      }
    }
    return entries;
  }

  private boolean follow(Path link) {
    try {
      Path target = Files.readSymbolicLink(link);
      if (target.isAbsolute()) {
        at = root(target);
      }
      push(target);
      return true;
    } catch (IOException e) {
      return false; // swapped at this moment: it is watched, so the walk is done again
    }
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      Path name = path.getName(i);
      if (!name.toString().isEmpty() && !name.toString().equals(".")) {
        rest.push(name);
      }
    }
  }

  private static Path root(Path absolute) {
    Path root = absolute.getRoot();
    if (root == null) {
      throw new IllegalArgumentException(absolute + " is not absolute");
    }
    return root;
  }
}
