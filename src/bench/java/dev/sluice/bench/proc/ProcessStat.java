package dev.sluice.bench.proc;

import java.util.List;

/**
 * A line of {@code /proc/PID/stat} (proc_pid_stat(5)).
 *
 * @param ticks of processor time, in user and system mode, of the process and of the children that
 *     it has waited for
 * @param threads how many it has
 */
public record ProcessStat(long ticks, int threads) {

  /** The unit of {@link #ticks}: USER_HZ, which is 100 on every Linux that a JVM runs on. */
  public static final double TICKS_PER_SECOND = 100;

  /** Reads one; the name in parentheses may hold anything. */
  public static ProcessStat parse(String line) {
    int nameEnd = line.lastIndexOf(')');
    if (nameEnd < 0) {
      throw new IllegalArgumentException("not of /proc/PID/stat: " + line);
    }
    // from the third field on: state is number 0
    List<String> fields = List.of(line.substring(nameEnd + 2).trim().split(" ", -1));
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields.get(i));
    }
    return new ProcessStat(ticks, Integer.parseInt(fields.get(17)));
  }
}
