package dev.sluice.bench.load;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The client's side of an opening handshake (RFC 6455 §4.1), made once for all connections of a
 * test. The key is always that of the RFC's example, and so is what accepts it.
 */
public final class Handshake {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String ACCEPT = "\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n";
  private static final byte[] END = {'\r', '\n', '\r', '\n'};
  private static final int USUAL = 512;
  private static final int MOST = 8192;

  private final String path;
  private final byte[] request;

  private Handshake(String path, byte[] request) {
    this.path = path;
    this.request = request;
  }

  /**
   * Asks for a path and its query.
   *
   * @param authority host and port, as in the Host header
   * @param subprotocol offered; empty: none is
   */
  public static Handshake of(String authority, String path, String subprotocol) {
    String offer = subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    String text =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + KEY
            + "\r\n"
            + offer
            + "\r\n";
    return new Handshake(path, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  ByteBuffer request() {
    return ByteBuffer.wrap(request);
  }

  /** The first half of the request: what comes of it is for the server to see. */
  public ByteBuffer half() {
    return ByteBuffer.wrap(request, 0, request.length / 2);
  }

  /** What it asks for. */
  public String path() {
    return path;
  }

  /** Collects the answer to one request. */
  static final class Answer {
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL);

    /**
     * Takes the answer's bytes and leaves what follows them in {@code in}.
     *
     * @return whether it is whole
     * @throws ProtocolException when it is not the 101 that was asked for
     */
    boolean accept(ByteBuffer in) throws ProtocolException {
      while (in.hasRemaining()) {
        if (!bytes.hasRemaining()) {
          grow();
        }
        bytes.put(in.get());
        if (endsWith(bytes)) {
          check();
          return true;
        }
      }
      return false;
    }

    private void grow() throws ProtocolException {
      if (bytes.capacity() >= MOST) {
        throw new ProtocolException("the handshake's answer does not end");
      }
      bytes = ByteBuffer.allocate(bytes.capacity() * 2).put(bytes.flip());
    }

    private static boolean endsWith(ByteBuffer bytes) {
      int from = bytes.position() - END.length;
      for (int i = 0; i < END.length; i++) {
        if (from < 0 || bytes.get(from + i) != END[i]) {
          return false;
        }
      }
      return true;
    }

    private void check() throws ProtocolException {
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
      if (!text.startsWith("HTTP/1.1 101")) {
        throw new ProtocolException("refused: " + text.lines().findFirst().orElse(""));
      }
      if (!text.toLowerCase(Locale.ROOT).contains(ACCEPT)) {
        throw new ProtocolException("wrong Sec-WebSocket-Accept: " + text);
      }
    }
  }
}
