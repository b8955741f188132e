package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.TestTls;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What only a gateway with TLS of its own can be asked. */
abstract class TlsContract extends GatewayContract {

  private static final String STRICT = "Strict-Transport-Security";
  private static final String A_YEAR = "max-age=31536000";

  /** More than the embedded server has workers. */
  private static final int MANY = 200;

  private static final int AT_ONCE = 8;
  private static final int IN_A_ROW = 60;

  private URI base() {
    return gateway().base();
  }

  private Socket connect() throws IOException {
    Socket socket = keep(new Socket(base().getHost(), base().getPort()));
    socket.setSoTimeout((int) Await.GENEROUS.toMillis());
    return socket;
  }

  private SSLSocket secure(Socket socket, String protocol) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            TestTls.TRUSTING
                .getSocketFactory()
                .createSocket(socket, base().getHost(), base().getPort(), true);
    tls.setEnabledProtocols(new String[] {protocol});
    tls.startHandshake();
    return tls;
  }

  @Test
  void thePageIsServedToAClientThatTrustsTheCertificateForThisAddress() throws Exception {
    X509Certificate certificate;
    try (SSLSocket socket = secure(connect(), "TLSv1.3")) {
      certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    HttpReply page = Http.get(gateway().http("/"), TestTls.trusting(certificate));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("Sluice");
  }

  @Test
  void everySortOfAnswerTellsBrowsersToStayWithTls() throws Exception {
    HttpReply page = Http.get(gateway().http("/"));
    HttpReply health = Http.get(gateway().http("/health/ready"));
    HttpReply nothing = Http.get(gateway().http("/nothing-here"));
    HttpReply elsewhere = Http.get(URI.create(base().resolve("/") + "elsewhere"));
    HttpReply refused = WsHandshake.to(gateway().ws("/tunnel/unknown")).ask();
    WsClient tunnel = open(keep(Targets.echo()));

    assertThat(List.of(page.status(), health.status())).containsOnly(200);
    assertThat(List.of(nothing.status(), elsewhere.status())).containsOnly(404);
    RefusalContract.assertProblem(refused, 403, "target_denied");
    assertThat(List.of(page, health, nothing, elsewhere, refused, tunnel.handshake()))
        .allSatisfy(reply -> assertThat(reply.header(STRICT)).isEqualTo(A_YEAR));
  }

  /**
   * Their end of TLS is answered while the loop sends: where that answer failed under a lock, the
   * loop stood still, and with it half of all tunnels.
   */
  @Test
  void clientsThatEndTlsInTheMiddleOfADownloadLeaveEveryLoopRunning() throws Exception {
    BytePattern pattern = new BytePattern(23);
    TcpTarget source = keep(Targets.source(pattern, 1L << 34));
    List<Future<?>> leaving = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      leaving.add(
          Background.call(
              () -> {
                for (int j = 0; j < IN_A_ROW; j++) {
                  try (WsClient client =
                      WsHandshake.to(gateway().tunnel(source.port())).connect()) {
                    client.receive(new PatternCheck(pattern), 64L * KIB * (1 + j % 7));
                  }
                }
                return null;
              }));
    }
    leaving.forEach(Background::join);
    awaitNothingHeld();
  }

  @Test
  void tls12IsSpokenToo() throws Exception {
    try (SSLSocket socket = secure(connect(), "TLSv1.2")) {
      socket.getOutputStream().write(get("/health/ready"));

      assertThat(HttpReply.read(socket.getInputStream()).status()).isEqualTo(200);
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  @Test
  void noOtherProtocolIsAgreedOn() throws Exception {
    try (SSLSocket socket = (SSLSocket) TestTls.TRUSTING.getSocketFactory().createSocket()) {
      socket.connect(connect().getRemoteSocketAddress());
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();

      assertThat(socket.getApplicationProtocol()).isNotEqualTo("h2");
    }
  }

  @Test
  void whoSpeaksPlainHttpIsClosedWithoutAnAnswer() throws Exception {
    Socket plain = connect();
    plain.getOutputStream().write(get("/health/ready"));

    assertThat(text(plain)).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void handshakesThatStopAfterThreeBytesHoldNoWorkerAndAreClosedAfterTenSeconds() throws Exception {
    List<Socket> stopped = new ArrayList<>();
    long before = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      Socket socket = connect();
      socket.getOutputStream().write(new byte[] {0x16, 3, 1});
      stopped.add(socket);
    }
    Socket silent = connect();
    long connected = System.nanoTime();

    assertThat(Http.get(gateway().http("/health/ready")).status()).isEqualTo(200);
    WsClient tunnel = open(keep(Targets.echo()));
    tunnel.send(new byte[] {5});
    assertThat(tunnel.receive(1)).containsExactly(5);
    Future<Close> end = Background.call(tunnel::awaitClose);
    for (Socket socket : stopped) {
      assertThat(endOf(socket)).isTrue();
    }
    assertThat(endOf(silent)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(9));
    assertThat(Duration.ofNanos(System.nanoTime() - connected)).isLessThan(Duration.ofSeconds(30));
    assertThat(end.isDone()).as("the handshake that was in time has no deadline").isFalse();
    tunnel.sendClose(1000);
    assertEnd(Background.join(end), 1000);
  }

  @Test
  void aTls12ClientThatRenegotiatesIsClosedRatherThanWaitedFor() throws Exception {
    try (SSLSocket socket = secure(connect(), "TLSv1.2")) {
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getOutputStream().write(get("/health/ready"));
                HttpReply.read(socket.getInputStream());
              })
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  private static byte[] get(String path) {
    String text = "GET /sluice" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String text(Socket socket) {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException reset) {
      return "";
    }
  }

  /** Reads to the end, however it comes; false where it does not within the socket's time. */
  private static boolean endOf(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
