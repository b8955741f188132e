package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before the 101: addresses, origins, sub-protocols, and how a no looks. */
abstract class RefusalContract extends GatewayContract {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=127.0.0.1",
        "port=22",
        "",
        "host=&port=22",
        "host=127.0.0.1&port=",
        "host=127.0.0.1&port=0",
        "host=127.0.0.1&port=65536",
        "host=127.0.0.1&port=-1",
        "host=127.0.0.1&port=%2B22",
        "host=127.0.0.1&port=22a",
        "host=127.0.0.1&port=2%202",
        "host=127.0.0.1&port=%EF%BC%92%EF%BC%92",
        "host=127.0.0.1&port=%D9%A2%D9%A2",
        "host=127.1&port=22",
        "host=2130706433&port=22",
        "host=0177.0.0.1&port=22",
        "host=a%20b&port=22",
        "host=a%00b&port=22",
        "host=a%0D%0Ab&port=22",
        "host=%E2%91%A0%E2%91%A1%E2%91%A6&port=22",
        "host=user@127.0.0.1&port=22",
        "host=127.0.0.1&host=127.0.0.2&port=22",
      })
  void badGrammarIs400(String query) throws Exception {
    assertProblem(ask(gateway().ws("/tunnel?" + query)), 400, "bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SuiteConfig.DENIED,
        "10.1.2.3",
        "8.8.8.8",
        "169.254.169.254",
        "0.0.0.0",
        "224.0.0.1",
        "no-such-name.invalid",
        "[fe80::1]",
        "[::ffff:127.0.0.9]",
      })
  void whatNoRuleAllowsIs403(String host) throws Exception {
    String encoded = host.replace("[", "%5B").replace("]", "%5D");

    assertProblem(ask(gateway().ws("/tunnel?host=" + encoded + "&port=22")), 403, "target_denied");
  }

  @Test
  void theGatewaysOwnPortIs403() throws Exception {
    int own = gateway().base().getPort();

    assertProblem(ask(gateway().tunnel(own)), 403, "target_denied");
    assertProblem(ask(gateway().ws("/tunnel?host=127.3.2.1&port=" + own)), 403, "target_denied");
  }

  @Test
  void anUnknownNameIs403() throws Exception {
    assertProblem(ask(gateway().ws("/tunnel/unheard-of")), 403, "target_denied");
  }

  @Test
  void whatIsRefusedLooksAlike() throws Exception {
    HttpReply denied = ask(gateway().ws("/tunnel?host=10.1.2.3&port=22"));
    HttpReply metadata = ask(gateway().ws("/tunnel?host=169.254.169.254&port=80"));
    HttpReply unresolved = ask(gateway().ws("/tunnel?host=no-such-name.invalid&port=22"));
    HttpReply unknown = ask(gateway().ws("/tunnel/unheard-of"));

    assertThat(metadata.body()).isEqualTo(denied.body());
    assertThat(unresolved.body()).isEqualTo(denied.body());
    assertThat(unknown.body()).isEqualTo(denied.body());
  }

  @Test
  void refusalsAreCountedByWhatTheyWere() throws Exception {
    double denied = handshakes("target_denied");
    double bad = handshakes("bad_request");

    ask(gateway().ws("/tunnel?host=10.1.2.3&port=22"));
    ask(gateway().ws("/tunnel?host=10.1.2.3&port=0"));
    ask(gateway().ws("/tunnel?host=10.1.2.3&port=0"));

    assertThat(handshakes("target_denied") - denied).isEqualTo(1);
    assertThat(handshakes("bad_request") - bad).isEqualTo(2);
  }

  private double handshakes(String outcome) throws IOException {
    return gateway().metrics().sum("sluice_handshakes_total", "outcome", outcome);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1.evil.example",
      })
  void aForeignOriginIs403(String origin) throws Exception {
    HttpReply reply =
        WsHandshake.to(gateway().ws("/tunnel/" + Subject.NAMED)).header("Origin", origin).ask();

    assertProblem(reply, 403, "origin_forbidden");
  }

  @Test
  void theGatewaysOwnOriginPasses() throws Exception {
    URI base = gateway().base();
    String own = base.getScheme() + "://" + base.getAuthority();
    WsHandshake handshake = WsHandshake.to(gateway().ws("/tunnel/" + Subject.NAMED));

    assertEchoes(keep(handshake.header("Origin", own).connect()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tunnel/echo", "/api/connect?host=127.0.0.1&port=%d"})
  void everyAddressOfATunnelWorks(String path) throws Exception {
    int port = keep(Targets.echo()).port();

    assertEchoes(keep(WsHandshake.to(gateway().ws(path.formatted(port))).connect()));
  }

  @Test
  void theAliasRefusesAsTheTunnelDoes() throws Exception {
    assertProblem(ask(gateway().ws("/api/connect?host=10.1.2.3&port=22")), 403, "target_denied");
    assertProblem(ask(gateway().ws("/api/connect?host=10.1.2.3")), 400, "bad_request");
  }

  @Test
  void aTunnelWithoutAnUpgradeIsNoTunnel() throws Exception {
    String path = "/tunnel/" + Subject.NAMED;

    assertThat(Http.get(gateway().http(path)).status()).isBetween(400, 499);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "binary                | binary",
        "foo, binary           | binary",
        "' foo,  binary '      | binary",
        "binary,foo            | binary",
        "foo                   | ''",
        "base64, foo           | ''",
        "Binary                | ''",
        "binary.v2             | ''",
      })
  void onlyTheSubprotocolBinaryIsEchoed(String offered, String answered) throws Exception {
    WsClient client = keep(named().subprotocols(offered).connect());

    assertThat(client.handshake().header("Sec-WebSocket-Protocol")).isEqualTo(answered);
    assertEchoes(client);
  }

  @Test
  void noSubprotocolIsInvented() throws Exception {
    WsClient client = keep(named().connect());

    assertThat(client.handshake().headers()).doesNotContainKey("sec-websocket-protocol");
  }

  @Test
  void subprotocolsMayComeOnSeveralLines() throws Exception {
    WsClient client = keep(named().subprotocols("foo").subprotocols("binary").connect());

    assertThat(client.handshake().header("Sec-WebSocket-Protocol")).isEqualTo("binary");
  }

  @Test
  void compressionIsNeverNegotiated() throws Exception {
    String offer = "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame";
    WsClient client = keep(named().header("Sec-WebSocket-Extensions", offer).connect());

    assertThat(client.handshake().header("Sec-WebSocket-Extensions")).isEmpty();
    assertEchoes(client);
  }

  private WsHandshake named() {
    return WsHandshake.to(gateway().ws("/tunnel/" + Subject.NAMED));
  }

  private static HttpReply ask(URI uri) throws IOException {
    return WsHandshake.to(uri).ask();
  }

  private static void assertEchoes(WsClient client) throws IOException {
    client.send(new byte[] {1, 2, 3});
    assertThat(client.receive(3)).containsExactly(1, 2, 3);
  }

  /** An RFC 9457 body with the member {@code code}. */
  static void assertProblem(HttpReply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(json(reply).getString("code")).isEqualTo(code);
  }

  static JsonObject json(HttpReply reply) {
    try (JsonReader reader = Json.createReader(new StringReader(reply.body()))) {
      return reader.readObject();
    }
  }
}
