package dev.sluice.frames.tls;

import dev.sluice.testkit.Parts;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** A client, and the server's engine that it has made its handshake with; all in memory. */
final class TlsPeer {

  private static final int ROOM = 70_000;
  private static final SSLContext SERVER = serverContext();
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  final SSLEngine server = SERVER.createSSLEngine();
  private final SSLEngine client = TestTls.TRUSTING.createSSLEngine();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private ByteBuffer unread = NOTHING;
  private boolean ended;

  /** A pair that has finished its handshake by {@code protocol}, tickets included. */
  TlsPeer(String protocol) {
    try {
      server.setUseClientMode(false);
      client.setUseClientMode(true);
      client.setEnabledProtocols(new String[] {protocol});
      handshake();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
  }

  private static SSLContext serverContext() {
    try {
      Path directory = Parts.newDirectory("tls-peer-");
      TestCertificate certificate = TestCertificate.make(directory, "EC");
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      X509Certificate[] chain = {certificate.certificate()};
      store.setKeyEntry("server", certificate.key(), password, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void handshake() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    ByteBuffer toServer = ByteBuffer.allocate(ROOM);
    ByteBuffer toClient = ByteBuffer.allocate(ROOM);
    do {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    } while (isHandshaking(client) || isHandshaking(server) || toClient.position() > 0);
  }

  private static boolean isHandshaking(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(NOTHING, out);
    } else {
      engine.unwrap(in.flip(), ByteBuffer.allocate(ROOM));
      in.compact();
    }
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** What the client sends for {@code bytes}, in records of at most {@code longest}. */
  byte[] records(byte[] bytes, int longest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += longest) {
      int n = Math.min(longest, bytes.length - from);
      out.writeBytes(wrap(ByteBuffer.wrap(bytes, from, n)));
    }
    return out.toByteArray();
  }

  /** What the client sends for {@code bytes}. */
  byte[] records(byte[] bytes) {
    return records(bytes, 16_384);
  }

  /** What the client sends of its own accord: an answer, or what it was told to begin. */
  byte[] ownRecords() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (client.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      out.writeBytes(wrap(NOTHING));
    }
    return out.toByteArray();
  }

  /** With TLS 1.3 a renewal of keys that asks for the other side's, with 1.2 a new handshake. */
  byte[] newKeys() {
    try {
      client.beginHandshake();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
    return ownRecords();
  }

  /** The client's close_notify. */
  byte[] closeNotify() {
    client.closeOutbound();
    return ownRecords();
  }

  private byte[] wrap(ByteBuffer bytes) {
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    try {
      do {
        client.wrap(bytes, out);
      } while (bytes.hasRemaining());
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
    byte[] records = new byte[out.flip().remaining()];
    out.get(records);
    return records;
  }

  /** The client reads. */
  void receive(byte[] bytes) throws SSLException {
    ByteBuffer all = ByteBuffer.allocate(unread.remaining() + bytes.length).put(unread).put(bytes);
    unread = all.flip();
    ByteBuffer out = ByteBuffer.allocate(ROOM);
    Status status = Status.OK;
    while (unread.hasRemaining() && status == Status.OK) {
      SSLEngineResult result = client.unwrap(unread, out.clear());
      status = result.getStatus();
      received.write(out.array(), 0, result.bytesProduced());
    }
    ended |= status == Status.CLOSED;
  }

  /** All that the client has read. */
  byte[] received() {
    return received.toByteArray();
  }

  /** Whether the server has said close_notify. */
  boolean ended() {
    return ended;
  }
}
