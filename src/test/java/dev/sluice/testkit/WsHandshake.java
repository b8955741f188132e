package dev.sluice.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A WebSocket opening handshake (RFC 6455 §4.1), to be dressed up as the test wants. */
public final class WsHandshake {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final URI uri;
  private final List<String> headers = new ArrayList<>();
  private SSLSocketFactory tls = TestTls.TRUSTING.getSocketFactory();
  private int receiveBuffer;
  private int sendBuffer;
  private byte[] early;
  private int late;

  private WsHandshake(URI uri) {
    this.uri = uri;
  }

  /** A handshake with the {@code ws:} or {@code wss:} address; anybody's certificate will do. */
  public static WsHandshake to(URI uri) {
    return new WsHandshake(uri);
  }

  /** Adds a header line. */
  public WsHandshake header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  /** Offers sub-protocols, as the header value is to stand on the wire. */
  public WsHandshake subprotocols(String value) {
    return header("Sec-WebSocket-Protocol", value);
  }

  /** Speaks TLS by {@code context}, where the address is {@code wss:}. */
  public WsHandshake by(SSLContext context) {
    this.tls = context.getSocketFactory();
    return this;
  }

  /** Bounds what this side's kernel takes while the test does not read, in bytes. */
  public WsHandshake receiveBuffer(int bytes) {
    this.receiveBuffer = bytes;
    return this;
  }

  /** Bounds what this side's kernel takes while the server does not read, in bytes. */
  public WsHandshake sendBuffer(int bytes) {
    this.sendBuffer = bytes;
    return this;
  }

  /**
   * Sends a binary message behind the handshake, before there is an answer, both in one write of
   * the TCP connection.
   *
   * @param later so many bytes at the end of that write, as they cross the wire, follow the answer
   */
  public WsHandshake early(byte[] message, int later) {
    this.early = message;
    this.late = later;
    return this;
  }

  /** Opens the WebSocket; any answer but a correct 101 fails the test. */
  public WsClient connect() throws IOException {
    HeldSocket wire = open();
    try {
      Socket socket = secured(wire);
      BufferedInputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      String key = early == null ? request(socket) : requestAndMore(wire, socket);
      HttpReply reply = HttpReply.read(in);
      wire.letGo(0);
      if (reply.status() != 101) {
        throw new AssertionError("refused: " + reply);
      }
      if (!reply.header("Sec-WebSocket-Accept").equals(accept(key))) {
        throw new AssertionError("wrong Sec-WebSocket-Accept: " + reply);
      }
      socket.setSoTimeout((int) Await.GENEROUS.toMillis());
      return new WsClient(wire, socket, in, reply);
    } catch (IOException | RuntimeException | AssertionError e) {
      wire.close();
      throw e;
    }
  }

  /** Asks, and gives the answer whatever it is. The connection is closed after it. */
  public HttpReply ask() throws IOException {
    try (Socket wire = open();
        Socket socket = secured(wire)) {
      request(socket);
      return HttpReply.read(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private String requestAndMore(HeldSocket wire, Socket socket) throws IOException {
    if (socket instanceof SSLSocket secure) {
      secure.startHandshake();
    }
    wire.hold();
    String key = request(socket);
    socket.getOutputStream().write(WsClient.frame(true, WsFrame.BINARY, early));
    wire.letGo(late);
    return key;
  }

  private HeldSocket open() throws IOException {
    HeldSocket socket = new HeldSocket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    if (sendBuffer > 0) {
      socket.setSendBufferSize(sendBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.GENEROUS.toMillis());
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 10_000);
    return socket;
  }

  private Socket secured(Socket wire) throws IOException {
    return uri.getScheme().equals("wss")
        ? tls.createSocket(wire, uri.getHost(), uri.getPort(), true)
        : wire;
  }

  private String request(Socket socket) throws IOException {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    StringBuilder request = new StringBuilder();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    request.append("GET ").append(uri.getRawPath()).append(query).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(uri.getHost()).append(':').append(uri.getPort());
    request.append(
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: ").append(key).append("\r\n");
    headers.forEach(h -> request.append(h).append("\r\n"));
    request.append("\r\n");
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    return key;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
