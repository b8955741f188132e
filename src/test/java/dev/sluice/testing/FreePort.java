package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Addresses of the machine itself where nobody listens. */
public final class FreePort {

  private FreePort() {}

  /** An address that refuses. */
  public static InetSocketAddress refusing() throws IOException {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) once.getLocalSocketAddress();
    }
  }
}
