package dev.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the kernel holds of TCP connections, from {@code /proc/net/tcp} and {@code tcp6}
 * (proc_net(5)): bytes that were written and not yet acknowledged, and bytes that arrived and were
 * not yet read. Both ends of a connection of this machine are in there, so this is all that is on
 * its way.
 */
public final class TcpQueues {

  private static final int LISTEN = 0x0A;
  private static final int HEX = 16;

  private TcpQueues() {}

  /**
   * Bytes in both queues of every socket one of whose two ports is in {@code ports}. A table is no
   * picture of one moment, least of all with ten thousand ended connections in it: what a gateway
   * takes out of a queue that is yet to be read, and puts into one that was, is missed. So there
   * are two readings, and the larger counts.
   */
  public static long held(Set<Integer> ports) throws IOException {
    return Math.max(reading(ports), reading(ports));
  }

  private static long reading(Set<Integer> ports) throws IOException {
    StringBuilder tables = new StringBuilder();
    for (String file : new String[] {"tcp", "tcp6"}) {
      Path table = Path.of("/proc/net", file);
      if (Files.exists(table)) {
        tables.append(Files.readString(table));
      }
    }
    return held(tables.toString(), ports);
  }

  /** The same of tables' text, each with its head. */
  static long held(String tables, Set<Integer> ports) {
    try (Stream<String> lines = tables.lines()) {
      return lines
          .filter(line -> !line.contains("local"))
          .mapToLong(line -> row(line, ports))
          .sum();
    }
  }

  /** {@code sl local remote st tx:rx …}; a listening socket's queues are connections, not bytes. */
  private static long row(String line, Set<Integer> ports) {
    String[] fields = line.trim().split(" +", -1);
    boolean wanted = ports.contains(port(fields[1])) || ports.contains(port(fields[2]));
    if (!wanted || Integer.parseInt(fields[3], HEX) == LISTEN) {
      return 0;
    }
    int colon = fields[4].indexOf(':');
    return Long.parseLong(fields[4].substring(0, colon), HEX)
        + Long.parseLong(fields[4].substring(colon + 1), HEX);
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), HEX);
  }
}
