package dev.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of 127.0.0.1 below the ephemeral range, which big tests eat up. Each JVM of a build
 * that runs tests in several gives ports of its own.
 */
public final class Ports {

  private static final int FIRST = 15_000;
  private static final int FORKS = 8;
  private static final int SHARE = (32_768 - FIRST) / FORKS;
  private static final int FORK =
      Integer.parseInt(System.getProperty("sluice-test.fork", "0")) % FORKS;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** A port that nobody listens on now and that was not given out before. */
  public static int free() {
    try (ServerSocket probe = listen(1)) {
      GIVEN.add(probe.getLocalPort());
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens on a free port of 127.0.0.1. */
  public static ServerSocket listen(int backlog) throws IOException {
    return listen(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), backlog);
  }

  /** Listens on a free port of an address in 127.0.0.0/8. */
  public static ServerSocket listen(InetAddress loopback, int backlog) throws IOException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = FIRST + FORK * SHARE + ThreadLocalRandom.current().nextInt(SHARE);
      if (GIVEN.contains(port)) {
        continue;
      }
      ServerSocket socket = new ServerSocket();
      try {
        socket.bind(new InetSocketAddress(loopback, port), backlog);
        return socket;
      } catch (IOException inUse) {
        socket.close();
      }
    }
    throw new IOException("no free port");
  }
}
