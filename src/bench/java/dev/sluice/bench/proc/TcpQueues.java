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

  /** Bytes in both queues of every socket one of whose two ports is in {@code ports}. */
  public static long held(Set<Integer> ports) throws IOException {
    long held = 0;
    for (String file : new String[] {"tcp", "tcp6"}) {
      Path table = Path.of("/proc/net", file);
      if (Files.exists(table)) {
        held += held(Files.readString(table), ports);
      }
    }
    return held;
  }

  /** The same of one table's text. */
  static long held(String table, Set<Integer> ports) {
    try (Stream<String> lines = table.lines()) {
      return lines.skip(1).mapToLong(line -> row(line, ports)).sum();
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
