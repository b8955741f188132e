package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.ChainCheck;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is recorded of each attempt: two events, whatever becomes of it. */
abstract class AuditContract extends GatewayContract {

  private Path file() {
    return ((GatewayServer) gateway()).config().resolveSibling(Accounts.AUDIT_FILE);
  }

  private List<JsonObject> events() throws IOException {
    return Files.readAllLines(file(), StandardCharsets.US_ASCII).stream()
        .map(
            line -> {
              try (JsonReader reader = Json.createReader(new StringReader(line))) {
                return reader.readObject();
              }
            })
        .toList();
  }

  /** Both events of the newest attempt that asked for {@code requested}. */
  private List<JsonObject> attempt(String requested) throws IOException {
    List<JsonObject> all = events();
    String id =
        all.stream()
            .filter(event -> event.getString("requested", "").equals(requested))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IOException("nothing about " + requested))
            .getString("id");
    return all.stream().filter(event -> event.getString("id", "").equals(id)).toList();
  }

  private List<JsonObject> awaitAttempt(String requested) throws IOException {
    Await.until("both events", () -> attempt(requested).size() == 2);
    List<JsonObject> both = attempt(requested);
    assertThat(both.get(0).getString("event")).isEqualTo("decision");
    assertThat(both.get(1).getString("event")).isEqualTo("end");
    return both;
  }

  @Test
  void ofATunnelItSaysWhoWhatWhereAndHowMuch() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    String requested = "host=127.0.0.1&port=" + echo.port();
    WsHandshake handshake =
        WsHandshake.to(gateway().ws("/tunnel?" + requested))
            .header("X-Forwarded-For", "198.51.100.7")
            .header("traceparent", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
    Accounts.operator().forEach(handshake::header);
    WsClient client = keep(handshake.connect());
    client.send(new byte[500]);
    client.receive(500);
    client.sendClose(1000);

    List<JsonObject> both = awaitAttempt(requested);
    JsonObject decision = both.get(0);
    assertThat(decision.getString("kind")).isEqualTo("tunnel");
    assertThat(decision.getString("subject")).isEqualTo(Accounts.USER);
    assertThat(decision.getJsonArray("roles")).hasToString("[\"ops\"]");
    assertThat(decision.getString("method")).isEqualTo("basic");
    assertThat(decision.getString("socket")).isEqualTo("127.0.0.1");
    assertThat(decision.getString("client")).isEqualTo("198.51.100.7");
    assertThat(decision.getString("target")).isEqualTo("127.0.0.1:" + echo.port());
    assertThat(decision.getJsonArray("answers"))
        .hasToString("[{\"address\":\"127.0.0.1\",\"class\":\"loopback\"}]");
    assertThat(decision.getString("rule")).startsWith("rules[1] {allow: true");
    assertThat(decision.getString("outcome")).isEqualTo("admitted");
    assertThat(decision.getString("trace")).startsWith("a".repeat(32));
    JsonObject end = both.get(1);
    assertThat(end.getString("subject")).isEqualTo(Accounts.USER);
    assertThat(end.getString("address")).isEqualTo("127.0.0.1:" + echo.port());
    assertThat(end.getString("outcome")).isEqualTo("client_closed");
    assertThat(end.getInt("closeCode")).isEqualTo(1000);
    assertThat(end.getInt("bytesUp")).isEqualTo(500);
    assertThat(end.getInt("bytesDown")).isEqualTo(500);
    assertThat(end).containsKeys("millis", "pausedMillisUp", "pausedMillisDown", "node", "time");
    assertThat(Files.readString(file())).doesNotContain("Basic ", "correct horse");
  }

  @Test
  void ofARefusalItSaysWhatTheClientIsNotTold() throws Exception {
    String requested = "host=" + SuiteConfig.DENIED + "&port=22";
    WsHandshake.to(gateway().ws("/tunnel?" + requested)).ask();
    List<JsonObject> both = awaitAttempt(requested);
    assertThat(both.get(0).getString("outcome")).isEqualTo("target_denied");
    assertThat(both.get(0).getInt("status")).isEqualTo(403);
    assertThat(both.get(0).getString("reason")).isEqualTo("deny_rule");
    assertThat(both.get(0).getString("rule")).startsWith("rules[0] {deny: true");
    assertThat(both.get(1).getString("outcome")).isEqualTo("target_denied");
  }

  @Test
  void aProbeIsAnAttemptToo() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    String target = "127.0.0.1:" + echo.port();
    assertThat(Http.get(gateway().http("/ping/" + target)).status()).isEqualTo(200);
    List<JsonObject> both = awaitAttempt(target);
    assertThat(both.get(0).getString("kind")).isEqualTo("ping");
    assertThat(both.get(0).getString("outcome")).isEqualTo("admitted");
    assertThat(both.get(1).getString("outcome")).isEqualTo("success");
  }

  @Test
  void aTicketIsThereAsItsHashAlone() throws Exception {
    HttpReply reply =
        Http.postJson(gateway().http("/api/tickets"), "{\"target\":\"echo\"}", Accounts.operator());
    String ticket = json(reply).getString("ticket");
    keep(
        WsHandshake.to(gateway().ws("/tunnel/echo"))
            .subprotocols("sluice.ticket." + ticket)
            .connect());
    WsHandshake.to(gateway().ws("/tunnel/echo?ticket=" + ticket)).ask();
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(ticket.getBytes(StandardCharsets.US_ASCII)));
    Await.until(
        "the hash",
        () ->
            events().stream()
                .anyMatch(
                    event ->
                        event.getString("ticket", "").equals(hash)
                            && event.getString("vouched", "").equals("basic")));
    assertThat(Files.readString(file())).doesNotContain(ticket);
    assertThat(gateway().log()).doesNotContain(ticket);
  }

  @Test
  void whatSomebodyDoesToATunnelIsRecorded() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    String requested = "host=127.0.0.1&port=" + echo.port();
    WsClient client = open(echo);
    Await.until("the decision", () -> attempt(requested).size() == 1);
    String id = attempt(requested).get(0).getString("id");
    Http.delete(gateway().http("/api/sessions/" + id), Accounts.admin());
    client.awaitClose();
    JsonObject end = awaitAttempt(requested).get(1);
    assertThat(end.getInt("closeCode")).isEqualTo(4403);
    assertThat(end.getString("detail")).isEqualTo("ended by basic root");
    assertThat(events())
        .anySatisfy(
            event -> {
              assertThat(event.getString("tunnel", "")).isEqualTo(id);
              assertThat(event.getString("change")).isEqualTo("end");
              assertThat(event.getString("subject")).isEqualTo("root");
            });
  }

  /** Of all that this server has been asked so far, in other tests too. */
  @Test
  void everyAttemptIsTwoEventsAndTheChainIsWhole() throws Exception {
    for (String nasty : List.of("%0A", "%22%7D%0A%7B", "%E2%80%A8", "a".repeat(3_000), "%00%1B")) {
      WsHandshake.to(gateway().ws("/tunnel/" + nasty)).ask();
    }
    WsHandshake.to(gateway().ws("/tunnel?host=%0A&port=22")).ask();
    WsHandshake.to(gateway().tunnel(22)).header("Origin", "https://evil.example/\"}{").ask();
    awaitNothingHeld();
    Await.until(
        "two events of each",
        () -> {
          Map<String, String> ids =
              events().stream()
                  .filter(event -> event.containsKey("id"))
                  .collect(
                      Collectors.groupingBy(
                          event -> event.getString("id"),
                          Collectors.mapping(
                              event -> event.getString("event"), Collectors.joining(","))));
          List<String> others =
              ids.entrySet().stream()
                  .filter(one -> !one.getValue().equals("decision,end"))
                  .map(Map.Entry::toString)
                  .toList();
          if (!others.isEmpty()) {
            throw new IOException("others: " + others);
          }
          return ids.size() > 6;
        });
    assertThat(ChainCheck.of(List.of(file()))).isInstanceOf(ChainCheck.Result.Whole.class);
  }

  @Test
  void anAdministratorReadsTheNewestEventsAndNobodyElseDoes() throws Exception {
    open(keep(Targets.echo())).sendClose(1000);
    awaitNothingHeld();
    Await.until(
        "the newest lines of the file",
        () -> {
          HttpReply reply = Http.get(gateway().http("/api/audit?last=2"), Accounts.admin());
          List<JsonObject> all = events();
          return json(reply)
              .getJsonArray("events")
              .equals(all.subList(Math.max(0, all.size() - 2), all.size()));
        });
    for (Map<String, String> other : List.of(Accounts.operator(), Map.<String, String>of())) {
      assertProblem(Http.get(gateway().http("/api/audit"), other), 403, "forbidden");
    }
    for (String wrong : List.of("last=0", "last=1001", "last=", "first=1")) {
      assertProblem(
          Http.get(gateway().http("/api/audit?" + wrong), Accounts.admin()), 400, "bad_request");
    }
  }
}
