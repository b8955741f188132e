package dev.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process and all that descend from it. What ends while it is asked counts nothing. */
public record ProcessTree(long pid) {

  /** Processor time that it has taken, in seconds, in steps of 10 ms. */
  public double cpuSeconds() {
    return sum(p -> ProcessStat.parse(read(p, "stat")).ticks()) / ProcessStat.TICKS_PER_SECOND;
  }

  /** Memory that is resident, in KiB; what processes share counts for each of them. */
  public long residentKib() {
    return sum(p -> KilobyteLines.value(read(p, "status"), "VmRSS"));
  }

  /** The same, with what processes share divided among them, in KiB. */
  public long proportionalKib() {
    return sum(p -> KilobyteLines.value(read(p, "smaps_rollup"), "Pss"));
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
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
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
