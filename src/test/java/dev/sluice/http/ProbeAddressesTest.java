package dev.sluice.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.EmbeddedContainer.Answer;
import dev.sluice.testing.FreePort;
import dev.sluice.testing.ScriptedTarget;
import dev.sluice.testkit.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses as a client sees them, in a servlet container. */
class ProbeAddressesTest {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private EmbeddedContainer container;

  @BeforeEach
  void startContainer() throws IOException {
    container = EmbeddedContainer.start();
  }

  @AfterEach
  void stopContainer() {
    container.close();
  }

  @Test
  void aPingByJsonIsAnsweredInJson() throws IOException {
    try (ScriptedTarget target = ScriptedTarget.serving(connection -> {})) {
      Answer answer = container.post("/sluice/api/ping", body(target.address(), ",\"count\":3"));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head()).contains("application/json");
      JsonObject json = json(answer);
      assertThat(json.getBoolean("success")).isTrue();
      assertThat(json.getString("address")).isEqualTo("127.0.0.1");
      assertThat(json.getInt("port")).isEqualTo(target.address().getPort());
      assertThat(json.getJsonArray("samples")).hasSize(3);
      assertThat(json.getInt("lost")).isZero();
    }
  }

  @Test
  void aPingByPathIsALineForAPerson() throws IOException {
    try (ScriptedTarget target = ScriptedTarget.serving(connection -> {})) {
      String hostPort = "127.0.0.1:" + target.address().getPort();
      Answer answer = container.get("/sluice/ping/" + hostPort);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head()).contains("text/plain");
      assertThat(answer.body()).matches(hostPort + " open \\d+\\.\\d\\d ms\n");
      assertThat(json(container.get("/sluice/ping/" + hostPort + "?format=json&count=2")))
          .containsKey("stddev");
    }
  }

  @Test
  void aProbeThatADefectEndsIsInTheRecordAsTwoEventsToo() throws Exception {
    container.policyFails = true;
    assertThat(container.get("/sluice/ping/127.0.0.1:7").isProblem(500, "internal")).isTrue();
    Await.until("both events", () -> container.audit.last(10).size() == 3);
    List<String> lines = container.audit.last(2);
    assertThat(lines.get(0)).contains("\"event\":\"decision\"", "\"outcome\":\"internal\"");
    assertThat(lines.get(1)).contains("\"event\":\"end\"", "\"outcome\":\"internal\"");
  }

  @Test
  void aTargetThatRefusesIsAnAnswerAndNoProblem() throws IOException {
    Answer answer = container.post("/sluice/api/ping", body(FreePort.refusing(), ""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).getBoolean("success")).isFalse();
    assertThat(json(answer).getString("code")).isEqualTo("connect_failed");
    assertThat(json(answer).getString("message")).isEqualTo("Connection refused");
  }

  @Test
  void anSshServerIsNamedByJsonAndByPath() throws IOException {
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              connection.getOutputStream().write("hi\r\nSSH-2.0-fake x\r\n".getBytes(US_ASCII));
              connection.getInputStream().read();
            })) {
      JsonObject json = json(container.post("/sluice/api/ssh/banner", body(target.address(), "")));
      assertThat(json.getBoolean("success")).isTrue();
      assertThat(json.getString("software")).isEqualTo("fake");
      assertThat(container.get("/sluice/ssh/127.0.0.1:" + target.address().getPort()).body())
          .contains(" SSH-2.0-fake x ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"host\":\"127.0.0.1\"}",
        "{\"host\":\"127.0.0.1\",\"port\":\"ssh\"}",
        "{\"host\":\"127.0.0.1\",\"port\":0}",
        "{\"host\":\"127.0.0.1\",\"port\":65536}",
        "{\"host\":\"127.0.0.1\",\"port\":\"+22\"}",
        "{\"host\":\"127.0.0.1\",\"port\":\"２２\"}",
        "{\"host\":\"127.1\",\"port\":22}",
        "{\"host\":\"\",\"port\":22}",
        "{\"host\":\"127.0.0.1\",\"port\":22,\"colour\":1}"
      })
  void aWrongRequestIsAProblemThatSaysWhat(String body) throws IOException {
    Answer answer = container.post("/sluice/api/ping", body);
    assertThat(answer.isProblem(400, "bad_request")).as(answer.body()).isTrue();
    assertThat(json(answer).getString("detail")).isNotEqualTo("the request is malformed");
  }

  @Test
  void anotherContentTypeIsAProblem() throws IOException {
    Answer answer =
        container.send(
            "POST",
            "/sluice/api/ping",
            Map.of("Content-Type", "text/plain"),
            "{\"host\":\"127.0.0.1\",\"port\":22}");
    assertThat(answer.isProblem(400, "bad_request")).as(answer.body()).isTrue();
  }

  @Test
  void aBodyThatIsTooLongIsAProblem() throws IOException {
    Answer answer =
        container.post("/sluice/api/ping", " ".repeat(16_384) + "{\"host\":\"h\",\"port\":1}");
    assertThat(answer.isProblem(400, "bad_request")).as(answer.body()).isTrue();
    assertThat(answer.body()).contains("longer than 16384 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sluice/ping",
        "/sluice/ping/",
        "/sluice/ping/127.0.0.1",
        "/sluice/ping/127.0.0.1:22;a=b",
        "/sluice/ping/127.0.0.1:%32%32",
        "/sluice/ping/127.0.0.1:22?x=y",
        "/sluice/ping/::1:22",
        "/sluice/ping/127.0.0.1:22/",
        "/sluice/ssh/",
        "/sluice/ssh/127.0.0.1?count=2"
      })
  void aWrongPathIsAProblem(String path) throws IOException {
    Answer answer = container.get(path);
    assertThat(answer.isProblem(400, "bad_request")).as(answer.body()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]", "%5B::1%5D", "%5b%3A%3A1%5d"})
  void anIpv6AddressGoesInBracketsEscapedOrNot(String host) throws IOException {
    int port = FreePort.refusing().getPort();
    Answer answer = container.get("/sluice/ping/" + host + ":" + port);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[::1]:" + port + " failed: ");
  }

  @Test
  void whatIsDeniedLooksAlike() throws IOException {
    Answer denied = container.get("/sluice/ping/10.0.0.1:22");
    Answer unresolvable = container.get("/sluice/ping/nowhere.example:22");
    Answer metadata =
        container.post("/sluice/api/ping", "{\"host\":\"169.254.169.254\",\"port\":80}");
    Answer itself = container.get("/sluice/ping/" + container.authority());
    assertThat(denied.isProblem(403, "target_denied")).as(denied.body()).isTrue();
    assertThat(List.of(unresolvable.body(), metadata.body(), itself.body()))
        .allMatch(denied.body()::equals);
  }

  @ParameterizedTest
  @CsvSource({"Sec-Fetch-Site,cross-site", "Origin,https://evil.example", "Origin,null"})
  void anotherSitesPageIsRefused(String header, String value) throws IOException {
    int port = FreePort.refusing().getPort();
    Answer answer =
        container.send("GET", "/sluice/ping/127.0.0.1:" + port, Map.of(header, value), "");
    assertThat(answer.isProblem(403, "origin_forbidden")).as(answer.body()).isTrue();
  }

  @Test
  void theGatewaysOwnPageMayAsk() throws IOException {
    Map<String, String> headers =
        Map.of("Sec-Fetch-Site", "same-origin", "Origin", "http://" + container.authority());
    String path = "/sluice/ping/127.0.0.1:" + FreePort.refusing().getPort();
    assertThat(container.send("GET", path, headers, "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET     | /sluice/api/ping         | POST",
        "PUT     | /sluice/api/ssh/banner   | POST",
        "OPTIONS | /sluice/api/ping         | POST",
        "POST    | /sluice/ping/127.0.0.1:1 | GET",
        "DELETE  | /sluice/ssh/127.0.0.1    | GET",
        "POST    | /sluice/health/live      | GET, HEAD",
        "POST    | /sluice/metrics          | GET, HEAD"
      })
  void anotherMethodIsToldWhichThereAre(String method, String path, String allowed)
      throws IOException {
    Answer answer = container.send(method, path, JSON, "");
    assertThat(answer.isProblem(405, "method_not_allowed")).as(answer.body()).isTrue();
    assertThat(answer.head()).contains("Allow: " + allowed + "\r\n");
  }

  @Test
  void moreProbesThanThreadsWaitForTheirTargetsAtOnce() throws Exception {
    int probes = EmbeddedContainer.WORKERS * 5;
    CountDownLatch allAreConnected = new CountDownLatch(probes);
    ExecutorService clients = Executors.newFixedThreadPool(probes);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              allAreConnected.countDown();
              allAreConnected.await();
              connection.getOutputStream().write("SSH-2.0-fake\r\n".getBytes(US_ASCII));
              connection.getInputStream().read();
            })) {
      String body = body(target.address(), "");
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < probes; i++) {
        answers.add(clients.submit(() -> container.post("/sluice/api/ssh/banner", body)));
      }
      for (Future<Answer> answer : answers) {
        assertThat(answer.get(60, TimeUnit.SECONDS).body()).contains("SSH-2.0-fake");
      }
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void whatBecameOfEachProbeIsCounted() throws IOException {
    int port = FreePort.refusing().getPort();
    container.get("/sluice/ping/127.0.0.1:" + port);
    container.get("/sluice/ping/10.0.0.1:22");
    container.get("/sluice/ssh/");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    container.metrics.write(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "sluice_probes_total{kind=\"ping\",outcome=\"connect_failed\"} 1.0",
            "sluice_probes_total{kind=\"ping\",outcome=\"target_denied\"} 1.0",
            "sluice_probes_total{kind=\"ssh\",outcome=\"bad_request\"} 1.0",
            "sluice_probes_total{kind=\"ssh\",outcome=\"success\"} 0.0");
  }

  @Test
  void healthSaysWhyTheNodeIsNotReady() throws IOException {
    assertThat(container.get("/sluice/health/ready").body())
        .isEqualTo("{\"status\":\"up\",\"reasons\":[]}");
    container.reasonsAgainstReadiness.add("draining");
    Answer down = container.get("/sluice/health/ready");
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.body()).isEqualTo("{\"status\":\"down\",\"reasons\":[\"draining\"]}");
    assertThat(container.get("/sluice/health/live").status()).isEqualTo(200);
  }

  @Test
  void metricsAreServedAsPrometheusText() throws IOException {
    Answer answer = container.get("/sluice/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.head()).contains("text/plain;").contains("version=0.0.4");
    assertThat(answer.body()).contains("# TYPE sluice_probes_total counter");
  }

  private static String body(InetSocketAddress address, String more) {
    return "{\"host\":\"127.0.0.1\",\"port\":" + address.getPort() + more + "}";
  }

  private static JsonObject json(Answer answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }
}
