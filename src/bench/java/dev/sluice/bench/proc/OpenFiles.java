package dev.sluice.bench.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/** How many descriptors a process may have. */
public final class OpenFiles {

  private static final int SPARE = 200;

  private OpenFiles() {}

  /** As many tunnels as a process can carry at two descriptors each, with some left for itself. */
  public static int tunnels() {
    try {
      long limit = hardLimit(Files.readString(Path.of("/proc/self/limits")));
      return (int) Math.min(Integer.MAX_VALUE, (limit - SPARE) / 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hard limit in the text of {@code /proc/PID/limits}. */
  static long hardLimit(String limits) {
    String line =
        limits
            .lines()
            .filter(l -> l.startsWith("Max open files"))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no line Max open files"));
    String hard = line.trim().split(" +", -1)[4];
    return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
  }
}
