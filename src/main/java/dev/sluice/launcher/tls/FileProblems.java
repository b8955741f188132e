package dev.sluice.launcher.tls;

import dev.sluice.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the files of one setting and collects what is wrong with them. */
final class FileProblems {

  /** Longer than any chain; what is named by mistake must not fill the memory. */
  private static final int LONGEST = 1 << 20;

  private final List<Problem> found = new ArrayList<>();

  /** Adds one, about a file that a key names. */
  void add(String key, Path file, String what, String advice) {
    found.add(new Problem(key + " " + file, what, advice));
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  /** The file's bytes; empty when they cannot be had, which is a problem then. */
  Optional<byte[]> read(String key, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length <= LONGEST) {
        return Optional.of(bytes);
      }
      add(key, file, "is longer than 1MiB", "name the right file");
    } catch (NoSuchFileException e) {
      add(key, file, "does not exist", "create it or correct the path");
    } catch (AccessDeniedException e) {
      add(key, file, "may not be read by this process", "give it the right to");
    } catch (IOException e) {
      add(key, file, "cannot be read (" + e.getMessage() + ")", "name a readable file");
    }
    return Optional.empty();
  }
}
