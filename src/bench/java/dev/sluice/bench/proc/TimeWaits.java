package dev.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Connections in TIME-WAIT (RFC 9293 §3.6.1): whoever closed first has its port taken for another
 * minute, towards that one address and port.
 */
public final class TimeWaits {

  private static final String TIME_WAIT = "06";

  private TimeWaits() {}

  /** How many there are whose other end was {@code port}. */
  public static long to(int port) throws IOException {
    long count = 0;
    for (String file : new String[] {"tcp", "tcp6"}) {
      Path table = Path.of("/proc/net", file);
      if (Files.exists(table)) {
        count += count(Files.readString(table), port);
      }
    }
    return count;
  }

  /** The same of one table's text: {@code sl local remote st …}. */
  static long count(String table, int port) {
    String remote = String.format(Locale.ROOT, ":%04X", port);
    return table
        .lines()
        .map(line -> line.trim().split(" +", -1))
        .filter(fields -> fields.length > 3 && fields[2].endsWith(remote))
        .filter(fields -> fields[3].equals(TIME_WAIT))
        .count();
  }
}
