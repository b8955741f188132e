package dev.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process has open, and how many threads it has. */
public final class Descriptors {

  private Descriptors() {}

  /** Open file descriptors. */
  public static long of(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.count();
    }
  }

  /** Threads. */
  public static int threads(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return ProcessStat.parse(line).threads();
  }
}
