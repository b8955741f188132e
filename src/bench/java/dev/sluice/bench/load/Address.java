package dev.sluice.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a test connects to.
 *
 * @param handshake how a WebSocket is opened there; null: it is bare TCP
 */
public record Address(InetSocketAddress socket, Handshake handshake) {

  /** Bare TCP to a port of 127.0.0.1. */
  public static Address tcp(int port) {
    return new Address(loopback(port), null);
  }

  /**
   * A WebSocket on a port of 127.0.0.1.
   *
   * @param path with its query
   * @param subprotocol to offer, or ""
   */
  public static Address webSocket(int port, String path, String subprotocol) {
    Handshake handshake = Handshake.of("127.0.0.1:" + port, path, subprotocol);
    return new Address(loopback(port), handshake);
  }

  /** A port of 127.0.0.1. */
  static InetSocketAddress loopback(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  /** The same port without a handshake. */
  public Address bare() {
    return new Address(socket, null);
  }

  /** Whether frames cross it. */
  public boolean webSocket() {
    return handshake != null;
  }
}
