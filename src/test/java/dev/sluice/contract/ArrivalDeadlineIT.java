package dev.sluice.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.WsClient;
import dev.sluice.tunnel.Lane;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that never arrive whole, on the embedded server, which faces clients itself. */
@Tag("thorough")
class ArrivalDeadlineIT extends GatewayContract {

  @RegisterExtension
  static final SharedGateway GATEWAY = HostileContract.scarce(ServerKind.EMBEDDED, Lane.FAST);

  private static final String HALF = "GET /sluice/tunnel?host=127.0.0.1&port=1 HTTP/1.1\r\nHost: h";
  private static final String SLOW_BODY =
      "POST /sluice/api/ping HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1000\r\n\r\n{";
  private static final String WHOLE = "GET /sluice/health/live HTTP/1.1\r\nHost: h\r\n\r\n";

  /** The limit of ten seconds, and time for a loaded machine. */
  private static final Duration LATE = Duration.ofSeconds(30);

  /** More than there are workers. */
  private static final int BODIES = 150;

  @Test
  void halfRequestsAreCutOffHoweverSlowlyTheyGoOn() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      clients.add(say(HALF));
    }
    for (int i = 0; i < BODIES; i++) {
      clients.add(say(SLOW_BODY));
    }
    for (int i = 0; i < 50; i++) {
      clients.add(say(""));
    }
    WsClient tunnel = open(keep(Targets.echo()));
    tunnel.send(new byte[] {1, 2, 3});
    assertThat(tunnel.receive(3)).containsExactly(1, 2, 3);
    assertThat(Http.get(gateway().http("/health/live")).status()).isEqualTo(200);
    Future<?> dripping = Background.call(() -> drip(clients));
    for (Socket client : clients) {
      assertCutOff(client);
    }
    Background.join(dripping);
  }

  @Test
  void aConnectionThatWaitsBetweenTwoRequestsIsNotLate() throws Exception {
    Socket client = say(WHOLE);
    BufferedInputStream in = new BufferedInputStream(client.getInputStream());
    assertThat(HttpReply.read(in).status()).isEqualTo(200);
    TimeUnit.SECONDS.sleep(12);
    client.getOutputStream().write(WHOLE.getBytes(ISO_8859_1));
    assertThat(HttpReply.read(in).status()).isEqualTo(200);
  }

  @Test
  void aTunnelThatWaitsIsNotLate() throws Exception {
    WsClient tunnel = open(keep(Targets.echo()));
    TimeUnit.SECONDS.sleep(12);
    tunnel.send(new byte[] {1, 2, 3});
    assertThat(tunnel.receive(3)).containsExactly(1, 2, 3);
  }

  private Socket say(String words) throws IOException {
    Socket socket = keep(new Socket(gateway().base().getHost(), gateway().base().getPort()));
    socket.setSoTimeout((int) Await.GENEROUS.toMillis());
    socket.getOutputStream().write(words.getBytes(ISO_8859_1));
    return socket;
  }

  /** A byte a second to everybody, until the last one is gone. */
  private static Object drip(List<Socket> clients) throws InterruptedException {
    long end = System.nanoTime() + LATE.toNanos();
    List<Socket> left = new ArrayList<>(clients);
    while (!left.isEmpty() && System.nanoTime() < end) {
      left.removeIf(client -> !takes(client));
      TimeUnit.SECONDS.sleep(1);
    }
    return left.size();
  }

  private static boolean takes(Socket client) {
    try {
      client.getOutputStream().write('x');
      return true;
    } catch (IOException cutOff) {
      return false;
    }
  }

  /** An answer may come first, such as a 400 to what is no request. */
  private static void assertCutOff(Socket client) throws IOException {
    long start = System.nanoTime();
    try {
      byte[] rest = client.getInputStream().readAllBytes();
      assertThat(new String(rest, ISO_8859_1)).doesNotContain(" 200 ");
    } catch (IOException reset) {
      assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThat(System.nanoTime() - start).isLessThan(LATE.toNanos());
  }
}
