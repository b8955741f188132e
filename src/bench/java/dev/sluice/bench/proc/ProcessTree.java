package dev.sluice.bench.proc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process and all that descend from it. What ends while it is asked counts nothing. */
public record ProcessTree(long pid) {

  /** Processor time that it has taken, in seconds, in steps of 10 ms. */
  public double cpuSeconds() {
    return sum(p -> ProcessStat.parse(read(p, "stat")).ticks()) / ProcessStat.TICKS_PER_SECOND;
  }

  /**
   * Processor time of the threads of the first process that run and have such names, in seconds, in
   * steps of 10 ms.
   *
   * @param names what a name begins with; the kernel knows the first 15 bytes of one
   */
  public double threadSeconds(List<String> names) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      long ticks =
          threads
              .flatMap(thread -> stat(thread).stream())
              .filter(stat -> names.stream().anyMatch(name -> stat.contains(" (" + name)))
              .mapToLong(stat -> ProcessStat.parse(stat).ticks())
              .sum();
      return ticks / ProcessStat.TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Memory that is resident, in KiB; what processes share counts for each of them. */
  public long residentKib() {
    return sum(p -> KilobyteLines.value(read(p, "status"), "VmRSS"));
  }

  /** The same, with what processes share divided among them, in KiB. */
  public long proportionalKib() {
    return sum(p -> KilobyteLines.value(read(p, "smaps_rollup"), "Pss"));
  }

  private static Optional<String> stat(Path thread) {
    try {
      return Optional.of(read(thread.resolve("stat")));
    } catch (GoneException ended) {
      return Optional.empty();
    }
  }

  /** How many processes it is. */
  public int size() {
    return (int) pids().count();
  }

  private LongStream pids() {
    return Stream.concat(
            ProcessHandle.of(pid).stream(),
            ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants))
        .mapToLong(ProcessHandle::pid);
  }

  private long sum(ToLongFunction<Long> figure) {
    return pids()
        .map(
            p -> {
              try {
                return figure.applyAsLong(p);
              } catch (GoneException gone) {
                return 0;
              }
            })
        .sum();
  }

  private static String read(long pid, String file) {
    return read(Path.of("/proc", Long.toString(pid), file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new GoneException(e);
    }
  }

  /** It ended, or is a zombie. */
  private static final class GoneException extends RuntimeException {
    GoneException(IOException cause) {
      super(cause);
    }
  }
}
