package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How much callers may have, and how often they may ask. Callers have addresses of their own by
 * what a proxy says of them; every test is done only when all that it had has come back.
 */
abstract class LimitsContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(11);

  private static int callers;

  private SuiteConfig usual() {
    return subject().usual();
  }

  @AfterEach
  void noLimitsAgain() throws IOException {
    subject().reload(usual());
  }

  /** Sets one limit, and waits until nothing is held by what asked for it. */
  private void limit(String key, Object value) throws IOException {
    subject().reload(usual().limit(key, value));
    awaitNothingHeld();
  }

  /** An address that nobody has asked from before. */
  private static String somewhere() {
    callers++;
    return "198.18." + callers / 256 + "." + callers % 256;
  }

  private static WsHandshake from(String address, URI uri) {
    return WsHandshake.to(uri).header("X-Forwarded-For", address);
  }

  private static Map<String, String> from(String address, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Forwarded-For", address);
    return all;
  }

  private WsHandshake echoFrom(String address) {
    return from(address, gateway().ws("/tunnel/echo"));
  }

  private WsHandshake echoBy(Map<String, String> headers) {
    WsHandshake handshake = echoFrom(somewhere());
    headers.forEach(handshake::header);
    return handshake;
  }

  private URI denied(int port) {
    return gateway().ws("/tunnel?host=" + SuiteConfig.DENIED + "&port=" + port);
  }

  private static void assertLimited(HttpReply reply) {
    assertProblem(reply, 429, "rate_limited");
    assertThat(Integer.parseInt(reply.header("Retry-After"))).isBetween(1, 60);
  }

  @Test
  void anAddressHasSoManyTunnelsAndGetsAnotherWhenOneEnds() throws Exception {
    limit("per-address", 2);
    String here = somewhere();
    WsClient first = keep(echoFrom(here).connect());
    keep(echoFrom(here).connect());

    assertLimited(echoFrom(here).ask());
    assertThat(echoFrom(somewhere()).ask().status()).isEqualTo(101);
    first.finish();
    Await.until("there is room again", () -> echoFrom(here).ask().status() == 101);
  }

  @Test
  void ofIpv6ASubscribersWholeNetworkIsOneAddress() throws Exception {
    limit("per-address", 2);
    keep(echoFrom("2001:db8:0:1::1").connect());
    keep(echoFrom("2001:db8:0:1:ffff::2").connect());

    assertLimited(echoFrom("2001:db8:0:1::3").ask());
    keep(echoFrom("2001:db8:0:2::1").connect());
  }

  @Test
  void aUserHasSoManyTunnelsFromWhereverAndStrangersAreNoUser() throws Exception {
    limit("per-user", 2);
    keep(echoBy(Accounts.operator()).connect());
    keep(echoBy(Accounts.operator()).connect());

    assertLimited(echoBy(Accounts.operator()).ask());
    keep(echoBy(Accounts.token()).connect());
    for (int i = 0; i < 3; i++) {
      keep(echoBy(Map.of()).connect());
    }
  }

  @Test
  void aTargetHasSoManyTunnelsByItsNameAndItsAddressTogether() throws Exception {
    limit("per-target", 2);
    int port = usual().targets().get(Subject.NAMED);
    keep(echoFrom(somewhere()).connect());
    keep(from(somewhere(), gateway().tunnel(port)).connect());

    assertLimited(echoFrom(somewhere()).ask());
    assertLimited(from(somewhere(), gateway().tunnel(port)).ask());
    TcpTarget other = keep(Targets.echo());
    keep(from(somewhere(), gateway().tunnel(other.port())).connect());
    // what a target has open is said to those alone who may open it
    assertProblem(from(somewhere(), denied(port)).ask(), 403, "target_denied");
  }

  @Test
  void aFullNodeIs503() throws Exception {
    limit("tunnels", 2);
    keep(echoFrom(somewhere()).connect());
    keep(echoFrom(somewhere()).connect());

    HttpReply reply = echoFrom(somewhere()).ask();
    assertProblem(reply, 503, "overloaded");
    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

  @Test
  void aCallerAsksSoOftenAMinuteAndOfTheRestNothingIsSaid() throws Exception {
    limit("handshakes-per-minute", 3);
    String here = somewhere();
    for (int i = 0; i < 3; i++) {
      assertThat(echoFrom(here).ask().status()).isEqualTo(101);
    }
    for (URI target :
        new URI[] {gateway().ws("/tunnel/echo"), gateway().ws("/tunnel/unheard-of"), denied(22)}) {
      HttpReply reply = from(here, target).ask();
      assertLimited(reply);
      assertThat(Integer.parseInt(reply.header("Retry-After"))).isLessThanOrEqualTo(20);
    }
    assertThat(echoFrom(somewhere()).ask().status()).isEqualTo(101);
  }

  @Test
  void aTicketIsRefusedAsLongAsItsTunnelWouldBe() throws Exception {
    limit("per-address", 1);
    String here = somewhere();
    WsClient only = keep(echoFrom(here).connect());

    assertLimited(ticketFor(here));
    assertThat(ticketFor(somewhere()).status()).isEqualTo(200);
    only.finish();
    Await.until("there is room again", () -> ticketFor(here).status() == 200);
  }

  @Test
  void aTicketCountsAsNoHandshakeAndIsRefusedWhenTheyAreUsedUp() throws Exception {
    limit("handshakes-per-minute", 1);
    String here = somewhere();
    for (int i = 0; i < 3; i++) {
      assertThat(ticketFor(here).status()).isEqualTo(200);
    }
    assertThat(echoFrom(here).ask().status()).isEqualTo(101);

    assertLimited(ticketFor(here));
  }

  private HttpReply ticketFor(String address) throws IOException {
    URI tickets = gateway().http("/api/tickets");
    return Http.postJson(tickets, "{\"target\":\"echo\"}", from(address, Map.of()));
  }

  @Test
  void aUserIsCountedWhereverItAsksFrom() throws Exception {
    limit("handshakes-per-minute", 3);
    for (int i = 0; i < 3; i++) {
      assertThat(echoBy(Accounts.operator()).ask().status()).isEqualTo(101);
    }
    assertLimited(echoBy(Accounts.operator()).ask());
  }

  @Test
  void whoGuessedInVainTooOftenIsNotHeardEvenWithTheRightPassword() throws Exception {
    limit("handshakes-per-minute", 3);
    String here = somewhere();
    Map<String, String> wrong = from(here, Accounts.password(Accounts.USER, "wrong"));
    for (int i = 0; i < 3; i++) {
      assertThat(Http.get(gateway().http("/api/whoami"), wrong).status()).isEqualTo(401);
    }
    Map<String, String> right = from(here, Accounts.operator());
    assertLimited(Http.get(gateway().http("/api/whoami"), right));
    assertThat(Http.get(gateway().http("/api/whoami"), from(somewhere(), Accounts.operator())))
        .extracting(HttpReply::status)
        .isEqualTo(200);
  }

  @Test
  void aScanOfPortsIsStoppedAndWhatWasAskedForBeforeIsNot() throws Exception {
    limit("targets-per-minute", 3);
    String here = somewhere();
    for (int port = 1; port <= 3; port++) {
      assertProblem(from(here, denied(port)).ask(), 403, "target_denied");
    }

    assertLimited(from(here, denied(4)).ask());
    assertLimited(echoFrom(here).ask());
    String body = "{\"host\":\"" + SuiteConfig.DENIED + "\",\"port\":5}";
    assertLimited(Http.postJson(gateway().http("/api/ping"), body, from(here, Map.of())));
    assertProblem(from(here, denied(2)).ask(), 403, "target_denied");
  }

  @Test
  void probesAreCountedToo() throws Exception {
    limit("probes-per-minute", 2);
    TcpTarget target = keep(Targets.echo());
    URI ping = gateway().http("/api/ping");
    String body = "{\"host\":\"127.0.0.1\",\"port\":" + target.port() + "}";
    Map<String, String> here = from(somewhere(), Map.of());
    for (int i = 0; i < 2; i++) {
      assertThat(Http.postJson(ping, body, here).status()).isEqualTo(200);
    }
    assertLimited(Http.postJson(ping, body, here));
    assertThat(Http.postJson(ping, body, from(somewhere(), Map.of())).status()).isEqualTo(200);
  }

  @Test
  void aThrottledTunnelCarriesNoMoreThanItsRateDownAndLosesNothing() throws Exception {
    limit("tunnel-bytes-per-second", "512KiB");
    TcpTarget source = keep(Targets.source(PATTERN, MIB));
    PatternCheck got = new PatternCheck(PATTERN);
    long since = System.nanoTime();
    WsClient client = open(source);

    assertEnd(client.receiveAll(got), 1000, LOST);
    got.assertExactly(MIB);
    assertTookAtLeast(1.8, since);
  }

  @Test
  void aThrottledTunnelCarriesNoMoreThanItsRateUpAndLosesNothing() throws Exception {
    limit("tunnel-bytes-per-second", "512KiB");
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget sink = keep(Targets.sink(got));
    long since = System.nanoTime();
    WsClient client = open(sink);
    client.send(PATTERN, MIB, Chunking.whole(16 * KIB));
    client.sendClose(1000);

    assertThat(sink.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(MIB);
    assertTookAtLeast(1.8, since);
  }

  @Test
  void theTunnelsOfAUserShareItsRate() throws Exception {
    limit("user-bytes-per-second", "512KiB");
    TcpTarget source = keep(Targets.source(PATTERN, MIB / 2));
    URI uri = gateway().tunnel(source.port());
    long since = System.nanoTime();
    WsClient[] clients = new WsClient[2];
    for (int i = 0; i < 2; i++) {
      WsHandshake handshake = from(somewhere(), uri);
      Accounts.operator().forEach(handshake::header);
      clients[i] = keep(handshake.connect());
    }
    for (WsClient client : clients) {
      PatternCheck got = new PatternCheck(PATTERN);
      assertEnd(client.receiveAll(got), 1000, LOST);
      got.assertExactly(MIB / 2);
    }
    assertTookAtLeast(1.7, since);
  }

  private static void assertTookAtLeast(double seconds, long since) {
    assertThat((System.nanoTime() - since) / 1e9).isGreaterThanOrEqualTo(seconds);
  }

  @Test
  void aTunnelEndsWhenItHasCarriedAllThatItMay_4429() throws Exception {
    limit("tunnel-bytes", "64KiB");
    double before = ends("rate_limited");
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 30));
    WsClient client = open(source);

    assertEnd(client.awaitClose(), 4429, LOST);
    Await.until("its end is counted", () -> ends("rate_limited") == before + 1);
  }

  @Test
  void whateverBecomesOfAHandshakeItsRoomComesBack() throws Exception {
    limit("per-address", 100);
    String here = somewhere();
    for (int i = 0; i < 5; i++) {
      echoFrom(here).connect().vanish();
      leaveAtOnce(here);
      askHalfway(here);
      WsClient nobody = keep(from(here, gateway().tunnel(Ports.free())).connect());
      assertEnd(nobody.awaitClose(), 4502, LOST);
      echoFrom(here).connect().close();
    }
    awaitNothingHeld();
  }

  /** A client that is gone before its 101. */
  private void leaveAtOnce(String here) throws IOException {
    try (Socket socket = ask(here, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "13")) {
      socket.setSoLinger(true, 0);
    }
  }

  /** A handshake that policy admits and RFC 6455 does not: no key, and a version of the future. */
  private void askHalfway(String here) throws IOException {
    try (Socket socket = ask(here, "", "99")) {
      socket.setSoTimeout((int) Await.GENEROUS.toMillis());
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 4".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 4");
    }
  }

  private Socket ask(String here, String key, String version) throws IOException {
    URI uri = gateway().ws("/tunnel/echo");
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nX-Forwarded-For: %s\r\nUpgrade: websocket\r\n%s"
                .formatted(uri.getRawPath(), uri.getAuthority(), here, key)
            + "Connection: Upgrade\r\nSec-WebSocket-Version: %s\r\n\r\n".formatted(version);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
