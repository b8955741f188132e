package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One-time tickets, from the request for one to the tunnel that it opens once. */
abstract class TicketContract extends GatewayContract {

  private static final String BODY = "{\"target\":\"echo\"}";

  private HttpReply ask(String body, Map<String, String> headers) throws IOException {
    return Http.postJson(gateway().http("/api/tickets"), body, headers);
  }

  private String ticket(Map<String, String> headers) throws IOException {
    HttpReply reply = ask(BODY, headers);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return json(reply).getString("ticket");
  }

  private String ticket() throws IOException {
    return ticket(Accounts.operator());
  }

  private WsHandshake redeem(String ticket) {
    return WsHandshake.to(gateway().ws("/tunnel/echo")).subprotocols("sluice.ticket." + ticket);
  }

  private String ownOrigin() {
    return "http://" + gateway().base().getAuthority();
  }

  @Test
  void theAnswerSaysWhatToDoWithIt() throws Exception {
    HttpReply reply = ask(BODY, Accounts.operator());
    JsonObject ticket = json(reply);
    assertThat(ticket.getString("ticket")).matches("[A-Za-z0-9_-]{32}");
    assertThat(Instant.parse(ticket.getString("expiresAt")))
        .isBefore(Instant.now().plus(Duration.ofSeconds(31)));
    assertThat(ticket.getString("url")).isEqualTo(gateway().ws("/tunnel/echo").toString());
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void itOpensItsTunnelOnceAndIsNotEchoed() throws Exception {
    String ticket = ticket();
    WsClient client = keep(redeem(ticket).connect());
    assertThat(client.handshake().headers()).doesNotContainKey("sec-websocket-protocol");
    client.send(new byte[] {1, 2, 3});
    assertThat(client.receive(3)).containsExactly(1, 2, 3);
    assertProblem(redeem(ticket).ask(), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"binary, %s", "%s, binary", "foo,%s,binary"})
  void besideItBinaryIsAgreedAsEver(String offer) throws Exception {
    String protocols = offer.formatted("sluice.ticket." + ticket());
    WsHandshake handshake = WsHandshake.to(gateway().ws("/tunnel/echo")).subprotocols(protocols);
    WsClient client = keep(handshake.connect());
    assertThat(client.handshake().header("Sec-WebSocket-Protocol")).isEqualTo("binary");
  }

  @Test
  void ofAHundredAtOnceOneGetsIn() throws Exception {
    int crowd = 100;
    String ticket = ticket();
    CyclicBarrier together = new CyclicBarrier(crowd);
    ExecutorService threads = Executors.newFixedThreadPool(crowd);
    try {
      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < crowd; i++) {
        statuses.add(
            threads.submit(
                () -> {
                  together.await(60, TimeUnit.SECONDS);
                  return redeem(ticket).ask().status();
                }));
      }
      List<Integer> all = new ArrayList<>();
      for (Future<Integer> status : statuses) {
        all.add(status.get(120, TimeUnit.SECONDS));
      }
      assertThat(all).containsOnly(101, 401).containsOnlyOnce(101);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void itIsForItsTargetAlone() throws Exception {
    String ticket = ticket();
    WsHandshake other =
        WsHandshake.to(gateway().ws("/tunnel?host=127.0.0.1&port=7"))
            .subprotocols("sluice.ticket." + ticket);
    assertProblem(other.ask(), 401, "unauthenticated");
    assertProblem(redeem(ticket).ask(), 401, "unauthenticated");
  }

  @Test
  void itIsForItsPageAlone() throws Exception {
    Map<String, String> page = new HashMap<>(Accounts.operator());
    page.put("Origin", ownOrigin());
    assertProblem(redeem(ticket(page)).ask(), 401, "unauthenticated");
    keep(redeem(ticket(page)).header("Origin", ownOrigin()).connect());
    HttpReply foreign = redeem(ticket(page)).header("Origin", "https://evil.example").ask();
    assertProblem(foreign, 403, "origin_forbidden");
  }

  @Test
  void itCarriesItsOwnersRoles() throws Exception {
    HttpReply reply = ask("{\"target\":\"" + Accounts.FOR_OPS + "\"}", Accounts.token());
    String offer = "sluice.ticket." + json(reply).getString("ticket");
    WsHandshake handshake = WsHandshake.to(gateway().ws("/tunnel/" + Accounts.FOR_OPS));
    assertThat(handshake.subprotocols(offer).ask().status()).isEqualTo(101);
  }

  @Test
  void aTicketInTheAddressIsRefusedWhereThatIsNotConfigured() throws Exception {
    String path = "/tunnel/echo?ticket=" + ticket();
    assertProblem(WsHandshake.to(gateway().ws(path)).ask(), 401, "unauthenticated");
  }

  @Test
  void itIsNoAnswerToWhetherThereIsSuchATarget() throws Exception {
    HttpReply unknown = ask("{\"target\":\"unheard-of\"}", Map.of());
    HttpReply denied = ask("{\"host\":\"10.1.2.3\",\"port\":22}", Map.of());
    assertThat(unknown.status()).isEqualTo(200);
    assertThat(denied.status()).isEqualTo(200);
  }

  @Test
  void itIsNeverWrittenDown() throws Exception {
    String spent = ticket();
    String wrong = "W".repeat(32);
    keep(redeem(spent).connect());
    assertThat(redeem(wrong).ask().body()).doesNotContain(wrong);
    assertThat(gateway().log()).doesNotContain(spent, wrong);
    assertThat(Http.get(gateway().http("/metrics")).body()).doesNotContain(spent, wrong);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin,https://evil.example",
    "Origin,null",
    "Sec-Fetch-Site,cross-site",
  })
  void anotherSitesPageGetsNone(String header, String value) throws Exception {
    Map<String, String> headers = new HashMap<>(Accounts.operator());
    headers.put(header, value);
    assertProblem(ask(BODY, headers), 403, "origin_forbidden");
  }

  @Test
  void aFormCannotAskForOne() throws Exception {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      HttpReply reply = Http.post(gateway().http("/api/tickets"), type, BODY);
      assertProblem(reply, 400, "bad_request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"host\":\"127.0.0.1\"}",
        "{\"target\":\"echo\",\"host\":\"127.0.0.1\",\"port\":7}",
        "{\"target\":\"a/b\"}",
        "{\"host\":\"127.1\",\"port\":7}",
        "{\"target\":\"echo\",\"more\":1}",
      })
  void whatIsMalformedIsRefused(String body) throws Exception {
    assertProblem(ask(body, Map.of()), 400, "bad_request");
  }
}
