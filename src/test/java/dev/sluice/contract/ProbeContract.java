package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.UnansweringPort;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The probes, health and metrics, over plain HTTP. */
abstract class ProbeContract extends GatewayContract {

  @Test
  void aPingTellsHowLongTheConnectTook() throws Exception {
    TcpTarget target = keep(Targets.silent());

    HttpReply reply = ping(target.port(), "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    JsonObject answer = json(reply);
    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(answer.getString("host")).isEqualTo("127.0.0.1");
    assertThat(answer.getInt("port")).isEqualTo(target.port());
    assertThat(answer.getString("address")).isEqualTo("127.0.0.1");
    assertThat(answer.getJsonArray("samples")).hasSize(1);
    assertThat(answer.getInt("lost")).isZero();
    assertThat(answer).containsKeys("message", "dnsMillis");
    assertThat(answer.getJsonNumber("rtt")).isEqualTo(answer.getJsonArray("samples").get(0));
    for (String member : List.of("rtt", "min", "avg", "max", "stddev")) {
      assertMillis(answer.getJsonNumber(member));
    }
  }

  @Test
  void aPingTakesAsManySamplesAsAsked() throws Exception {
    TcpTarget target = keep(Targets.silent());

    JsonObject answer = json(ping(target.port(), ",\"count\":20"));

    assertThat(answer.getJsonArray("samples")).hasSize(20);
    answer.getJsonArray("samples").forEach(s -> assertMillis((JsonNumber) s));
    double least = answer.getJsonNumber("min").doubleValue();
    double most = answer.getJsonNumber("max").doubleValue();
    assertThat(answer.getJsonNumber("avg").doubleValue()).isBetween(least, most);
    assertThat(answer.getJsonNumber("rtt")).isEqualTo(answer.getJsonNumber("avg"));
    Await.until("each sample was a connection", () -> target.accepted() >= 20);
    assertThat(target.accepted()).isEqualTo(20);
  }

  private static void assertMillis(JsonNumber number) {
    assertThat(number.doubleValue()).isBetween(0.0, 5000.0);
    assertThat(number.bigDecimalValue().scale()).isLessThanOrEqualTo(2);
  }

  @Test
  void aPingThatFailsSaysSo() throws Exception {
    JsonObject refused = json(ping(Ports.free(), ",\"count\":2"));

    assertThat(refused.getBoolean("success")).isFalse();
    assertThat(refused.getInt("lost")).isEqualTo(2);
    assertThat(refused.get("rtt")).isEqualTo(JsonValue.NULL);
    assertThat(refused.getString("message")).isNotBlank();
  }

  @Test
  void aPersonAtAShellGetsText() throws Exception {
    String address = "127.0.0.1:" + keep(Targets.silent()).port();

    HttpReply text = Http.get(gateway().http("/ping/" + address));
    HttpReply byQuery = Http.get(gateway().http("/ping/" + address + "?format=json&count=2"));
    HttpReply byAccept = Http.get(gateway().http("/ping/" + address), "application/json");

    assertThat(text.status()).isEqualTo(200);
    assertThat(text.header("Content-Type")).startsWith("text/plain");
    assertThat(text.body()).contains(address).endsWith("\n");
    assertThat(json(byQuery).getJsonArray("samples")).hasSize(2);
    assertThat(json(byAccept).getBoolean("success")).isTrue();
  }

  @Test
  void anIpv6LiteralGoesInBrackets() throws Exception {
    HttpReply reply = Http.get(gateway().http("/ping/%5B::1%5D:" + Ports.free() + "?format=json"));

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(json(reply).getString("address")).isEqualTo("::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"host\":\"127.0.0.1\"}",
        "{\"port\":22}",
        "{\"host\":\"127.0.0.1\",\"port\":\"ssh\"}",
        "{\"host\":\"127.0.0.1\",\"port\":0}",
        "{\"host\":\"127.0.0.1\",\"port\":65536}",
        "{\"host\":\"127.0.0.1\",\"port\":22.5}",
        "{\"host\":\"127.0.0.1\",\"port\":\"+22\"}",
        "{\"host\":\"127.0.0.1\",\"port\":\"２２\"}",
        "{\"host\":\"127.1\",\"port\":22}",
        "{\"host\":127,\"port\":22}",
        "{\"host\":\"127.0.0.1\",\"port\":22,\"cuont\":2}",
        "{\"host\":\"127.0.0.1\",\"port\":22,\"count\":0}",
        "{\"host\":\"127.0.0.1\",\"port\":22,\"count\":21}",
        "[]",
        "{",
        "",
      })
  void badInputIs400AndSaysWhatIsWrong(String body) throws Exception {
    HttpReply reply = Http.postJson(gateway().http("/api/ping"), body);

    assertProblem(reply, 400, "bad_request");
    assertThat(json(reply).getString("detail")).isNotBlank();
  }

  @Test
  void aWrongContentTypeIs400() throws Exception {
    String body = "{\"host\":\"127.0.0.1\",\"port\":22}";

    assertProblem(Http.post(gateway().http("/api/ping"), "text/plain", body), 400, "bad_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "127.0.0.1:0", "127.0.0.1:%2B22", "::1:22", "127.0.0.1:65536"})
  void badInputInThePathIs400(String address) throws Exception {
    assertProblem(Http.get(gateway().http("/ping/" + address)), 400, "bad_request");
  }

  @Test
  void whatNoRuleAllowsIsNotProbedEither() throws Exception {
    String body = "{\"host\":\"10.1.2.3\",\"port\":22}";

    assertProblem(Http.postJson(gateway().http("/api/ping"), body), 403, "target_denied");
    assertProblem(Http.postJson(gateway().http("/api/ssh/banner"), body), 403, "target_denied");
    assertProblem(Http.get(gateway().http("/ping/10.1.2.3:22")), 403, "target_denied");
    assertProblem(Http.get(gateway().http("/ssh/10.1.2.3")), 403, "target_denied");
  }

  @Test
  void aBannerIsTakenApart() throws Exception {
    TcpTarget sshd = keep(greeting("Welcome\r\nSSH-2.0-Sluice_1.0 for tests\r\n"));

    HttpReply reply = banner(sshd.port());

    JsonObject answer = json(reply);
    assertThat(answer.getBoolean("success")).isTrue();
    assertThat(answer.getInt("port")).isEqualTo(sshd.port());
    assertThat(answer.getString("banner")).isEqualTo("SSH-2.0-Sluice_1.0 for tests");
    assertThat(answer.getString("protocol")).isEqualTo("2.0");
    assertThat(answer.getString("software")).isEqualTo("Sluice_1.0");
    assertThat(answer.getString("comments")).isEqualTo("for tests");
    assertMillis(answer.getJsonNumber("rtt"));
    HttpReply text = Http.get(gateway().http("/ssh/127.0.0.1:" + sshd.port()));
    assertThat(text.header("Content-Type")).startsWith("text/plain");
    assertThat(text.body()).contains("SSH-2.0-Sluice_1.0 for tests");
  }

  @Test
  void whatIsNoSshServerIsNoSuccess() throws Exception {
    TcpTarget web = keep(greeting("HTTP/1.1 400 Bad Request\r\n\r\n"));
    TcpTarget endless = keep(TcpTarget.serving(ProbeContract::endlessGarbage));

    assertThat(json(banner(web.port())).getBoolean("success")).isFalse();
    assertThat(json(banner(endless.port())).getBoolean("success")).isFalse();
  }

  private static void endlessGarbage(TargetConnection connection) throws IOException {
    while (true) {
      connection.send("garbage\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static TcpTarget greeting(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return TcpTarget.serving(
        c -> {
          c.send(bytes);
          c.finish();
          c.discardAll();
        });
  }

  @Test
  void slowProbesNeverStallTheServer() throws Exception {
    try (UnansweringPort port = new UnansweringPort()) {
      String body =
          "{\"host\":\"127.0.0.1\",\"port\":%d,\"count\":2,\"timeout\":4}".formatted(port.port());
      List<Future<HttpReply>> slow = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        slow.add(Background.call(() -> Http.postJson(gateway().http("/api/ping"), body)));
      }
      while (slow.stream().noneMatch(Future::isDone)) {
        long start = System.nanoTime();
        assertThat(Http.get(gateway().http("/health/live")).status()).isEqualTo(200);
        // behind stuck probes it would wait for the first of them: 2 times 4 s
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(6);
      }

      for (Future<HttpReply> probe : slow) {
        assertThat(json(Background.join(probe)).getBoolean("success")).isFalse();
      }
    }
  }

  @Test
  void healthIs200WhileItServes() throws Exception {
    assertThat(Http.get(gateway().http("/health/live")).status()).isEqualTo(200);
    assertThat(Http.get(gateway().http("/health/ready")).status()).isEqualTo(200);
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    HttpReply reply = Http.get(gateway().http("/metrics"));

    assertThat(reply.header("Content-Type")).startsWith("text/plain").contains("version=0.0.4");
    assertThat(reply.body())
        .contains("# TYPE sluice_tunnels_open gauge")
        .contains("# TYPE sluice_buffered_bytes gauge")
        .contains("sluice_handshakes_total{outcome=\"target_denied\"}")
        .contains("sluice_bytes_total{direction=\"up\"}")
        .contains("sluice_bytes_total{direction=\"down\"}")
        .contains("sluice_paused_seconds_total{direction=\"up\"}");
  }

  @Test
  void thePageIsServed() throws Exception {
    HttpReply page = Http.get(gateway().http("/"));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("Sluice");
  }

  private HttpReply ping(int port, String more) throws IOException {
    String body = "{\"host\":\"127.0.0.1\",\"port\":%d%s}".formatted(port, more);
    return Http.postJson(gateway().http("/api/ping"), body);
  }

  private HttpReply banner(int port) throws IOException {
    String body = "{\"host\":\"127.0.0.1\",\"port\":%d}".formatted(port);
    return Http.postJson(gateway().http("/api/ssh/banner"), body);
  }
}
