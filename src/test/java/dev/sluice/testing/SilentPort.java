package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A local address where a TCP connect is never answered: its accept queue is full, so that the
 * system drops further connects (Linux).
 */
public final class SilentPort implements AutoCloseable {

  private final ServerSocket listening;
  private final List<Socket> waiting = new ArrayList<>();

  private SilentPort(ServerSocket listening) {
    this.listening = listening;
  }

  /** Opens the port and fills its queue. */
  public static SilentPort open() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    SilentPort port = new SilentPort(new ServerSocket(0, 1, loopback));
    // a backlog of one holds two
    for (int i = 0; i < 2; i++) {
      port.waiting.add(new Socket(loopback, port.listening.getLocalPort()));
    }
    return port;
  }

  /** Where nobody answers. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** How many connects wait for an answer now, by the kernel's table. */
  public long dialsUnderWay() throws IOException {
    String firstPacketSent = String.format(":%04X 02 ", address().getPort());
    long found = 0;
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      found +=
          Files.readAllLines(Path.of(table)).stream()
              .filter(line -> line.contains(firstPacketSent))
              .count();
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listening.close();
  }
}
