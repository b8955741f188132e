package dev.sluice.access;

import com.nimbusds.jose.jwk.JWK;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An identity provider's key set at an https address of 127.0.0.1, with a certificate that only its
 * own trust store vouches for.
 */
public final class KeyServer implements AutoCloseable {

  private final HttpsServer server;
  private final TestCertificate certificate;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile HttpHandler answer = exchange -> send(exchange, 404, "");

  private KeyServer(HttpsServer server, TestCertificate certificate) {
    this.server = server;
    this.certificate = certificate;
  }

  /** Starts one with a certificate of its own, whose threads hold no JVM up. */
  public static KeyServer start() {
    try {
      return start(TestCertificate.make(Parts.newDirectory("idp-"), "EC"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KeyServer start(TestCertificate certificate) {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpsServer server = HttpsServer.create(any, 50);
      server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
      server.setExecutor(Executors.newCachedThreadPool(KeyServer::daemon));
      KeyServer keys = new KeyServer(server, certificate);
      server.createContext("/", keys::handle);
      // its own thread inherits from the one that starts it
      Background.join(
          Background.call(
              () -> {
                server.start();
                return keys;
              }));
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "key-server");
    thread.setDaemon(true);
    return thread;
  }

  private static SSLContext context(TestCertificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(certificate.keystore())) {
      store.load(in, TestCertificate.PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, TestCertificate.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      answer.handle(exchange);
    }
  }

  /** Where the keys are. */
  public URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/keys");
  }

  /** The JVM options that make a server trust it, as an operator would set them. */
  public List<String> trust() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
  }

  private Path trustStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("idp", certificate.certificate());
      Path file = Files.createTempFile("sluice-trust-", ".p12");
      file.toFile().deleteOnExit();
      try (var out = Files.newOutputStream(file)) {
        store.store(out, TestCertificate.PASSWORD.toCharArray());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** How often it has been asked, for whatever. */
  int requests() {
    return requests.get();
  }

  /** Publishes the public halves of these keys, and no others any more. */
  public KeyServer publish(JWK... keys) {
    String set = Tokens.keySet(keys);
    return answer(exchange -> send(exchange, 200, set));
  }

  /** Answers so from now on. */
  KeyServer answer(HttpHandler next) {
    answer = next;
    return this;
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
