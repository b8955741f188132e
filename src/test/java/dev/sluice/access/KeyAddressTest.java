package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import com.sun.net.httpserver.HttpHandler;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key set at a real https address: fetched, kept, rotated, gone, and much that is none. */
@Timeout(60)
class KeyAddressTest {

  private static final ECKey FIRST = Tokens.ec("first").toPublicJWK();
  private static final ECKey SECOND = Tokens.ec("second").toPublicJWK();

  /** More than all that the reader's own limits allow together. */
  private static final Duration IN_TIME = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static TestCertificate certificate;

  private final SSLSocketFactory usual = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final AtomicLong nanos = new AtomicLong();
  private KeyServer server;
  private IssuerKeys keys;

  @BeforeAll
  static void makeCertificate() {
    certificate = TestCertificate.make(directory, "EC");
  }

  @BeforeEach
  void publishFirst() {
    server = KeyServer.start(certificate).publish(FIRST);
    trust(TestTls.trusting(certificate.certificate()).getSocketFactory());
    keys = new IssuerKeys(source(), nanos::get);
  }

  /** What the JVM's trust store does in a server, which has one from its start. */
  private static void trust(SSLSocketFactory sockets) {
    HttpsURLConnection.setDefaultSSLSocketFactory(sockets);
  }

  @AfterEach
  void stop() {
    trust(usual);
    server.close();
  }

  private KeySource source() {
    return KeySource.parse(server.address().toString());
  }

  @Test
  void itIsFetchedWithTheFirstTokenAndKept() {
    assertThat(server.requests()).isZero();
    for (int i = 0; i < 10; i++) {
      assertThat(keys.candidates("first")).containsExactly(FIRST);
    }
    assertThat(server.requests()).isEqualTo(1);
    nanos.addAndGet(IssuerKeys.FRESH_NANOS);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void manyAtOnceFetchItOnce() {
    List<Future<List<?>>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(Background.call(() -> keys.candidates("first")));
    }
    asked.forEach(one -> assertThat(Background.join(one)).isEqualTo(List.of(FIRST)));
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aRotatedKeyIsFetchedWithTheFirstTokenThatNamesItAndMadeUpNamesFetchNothing() {
    keys.candidates("first");
    server.publish(SECOND);
    nanos.addAndGet(IssuerKeys.PAUSE_NANOS);
    assertThat(keys.candidates("second")).containsExactly(SECOND);
    assertThat(keys.candidates("first")).isEmpty();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.candidates("made up " + i)).isEmpty();
    }
    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void whileTheServerIsDownTheKeptKeysServeAndThenNoneDo() {
    keys.candidates("first");
    server.close();
    nanos.addAndGet(IssuerKeys.STALE_NANOS - 1);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
    nanos.addAndGet(1);
    assertThat(keys.candidates("first")).isEmpty();
  }

  @Test
  void aServerThatWasDownFromTheStartLetsNobodyInUntilItIsThere() {
    server.answer(exchange -> KeyServer.send(exchange, 503, "later"));
    assertThat(keys.candidates("first")).isEmpty();
    server.publish(FIRST);
    assertThat(keys.candidates("first")).isEmpty();
    assertThat(server.requests()).isEqualTo(1);
    nanos.addAndGet(IssuerKeys.PAUSE_NANOS);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
  }

  @Test
  void aServerThatNobodyVouchesForIsNotBelieved() {
    trust(usual);
    assertThat(keys.candidates("first")).isEmpty();
    assertThat(server.requests()).isZero();
  }

  @Test
  void aCertificateForAnotherNameIsNotBelieved() {
    URI named = URI.create("https://localhost:" + server.address().getPort() + "/keys");
    assertThatThrownBy(() -> KeySource.parse(named.toString()).read())
        .isInstanceOf(IOException.class);
    assertThat(server.requests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1/keys", "/other", "file:///etc/passwd"})
  void aRedirectIsFollowedNowhere(String location) {
    refuses(
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          KeyServer.send(exchange, 302, Tokens.keySet(FIRST));
        },
        "the answer is 302");
    assertThat(server.requests()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 401, 404, 500})
  void anyStatusButOneIsAFailure(int status) {
    refuses(
        exchange -> KeyServer.send(exchange, status, status == 204 ? "" : Tokens.keySet(FIRST)),
        "the answer is " + status);
  }

  @Test
  void aBodyWithoutAnEndIsReadNoFurtherThanItMayBeLong() {
    refuses(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = new byte[65_536];
          while (true) {
            exchange.getResponseBody().write(spaces);
          }
        },
        "longer");
  }

  @Test
  void aBodyThatComesByteByByteHoldsNobodyForLong() {
    long since = System.nanoTime();
    refuses(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause();
          }
        },
        "in time");
    assertInTime(since);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void whoNeverSpeaksTlsHoldsNobodyForLong() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "https://127.0.0.1:" + silent.getLocalPort() + "/keys";
      long since = System.nanoTime();
      assertThatThrownBy(() -> KeySource.parse(address).read()).isInstanceOf(IOException.class);
      assertInTime(since);
    }
  }

  private void refuses(HttpHandler answer, String why) {
    server.answer(answer);
    assertThatThrownBy(() -> source().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private static void assertInTime(long since) {
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(IN_TIME);
  }
}
