package dev.sluice.bench.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/** What the kernel's TCP takes for buffers, of all sockets of the machine (proc_net_sockstat). */
public final class SocketMemory {

  private static final int PAGE = 4096;

  private SocketMemory() {}

  /** Bytes, in whole pages. */
  public static long bytes() throws IOException {
    return bytes(Files.readString(Path.of("/proc/net/sockstat")));
  }

  /** The same of the file's text. */
  static long bytes(String sockstat) {
    List<String> fields =
        sockstat
            .lines()
            .filter(line -> line.startsWith("TCP:"))
            .map(line -> List.of(line.split(" ", -1)))
            .findFirst()
            .orElseThrow(() -> new NoSuchElementException("no line TCP"));
    return Long.parseLong(fields.get(fields.indexOf("mem") + 1)) * PAGE;
  }
}
