package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who sees which tunnels, ends, pauses and throttles them, and whom a changed account ends. */
abstract class SessionsContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(77);

  /** What sessions.md promises. */
  private static final double MOST_SECONDS = 2;

  private WsClient openAs(Map<String, String> who, String path) throws IOException {
    WsHandshake handshake = WsHandshake.to(gateway().ws(path));
    who.forEach(handshake::header);
    return keep(handshake.connect());
  }

  private WsClient openAs(Map<String, String> who, TcpTarget target) throws IOException {
    return openAs(who, "/tunnel?host=127.0.0.1&port=" + target.port());
  }

  private List<JsonObject> list(Map<String, String> who) throws IOException {
    HttpReply reply = Http.get(gateway().http("/api/sessions"), who);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return json(reply).getJsonArray("sessions").getValuesAs(JsonObject.class);
  }

  /** The tunnel to a target, as an administrator sees it. */
  private JsonObject session(TcpTarget target) throws IOException {
    String text = "127.0.0.1:" + target.port();
    return list(Accounts.admin()).stream()
        .filter(one -> one.getString("target").equals(text))
        .findFirst()
        .orElseThrow(() -> new IOException("no tunnel to " + text));
  }

  /** A client may have its 101 before the server has opened the tunnel. */
  private String idOf(TcpTarget target) throws IOException {
    Await.until("the tunnel is listed", () -> !session(target).isEmpty());
    return session(target).getString("id");
  }

  private URI address(String id) {
    return gateway().http("/api/sessions/" + id);
  }

  private HttpReply change(String id, String body) throws IOException {
    return Http.patch(address(id), "application/json", body, Accounts.admin());
  }

  @Test
  void anAdministratorSeesWhatThereIsToSee() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    WsClient client = openAs(Accounts.operator(), echo);
    client.send(new byte[1_000]);
    client.receive(1_000);
    assertThat(idOf(echo)).isNotEmpty();
    JsonObject one = session(echo);
    assertThat(one.getString("state")).isEqualTo("open");
    assertThat(one.getString("subject")).isEqualTo(Accounts.USER);
    assertThat(one.getString("method")).isEqualTo("basic");
    assertThat(one.getJsonArray("roles")).hasToString("[\"ops\"]");
    assertThat(one.getString("client")).isEqualTo("127.0.0.1");
    assertThat(one.getString("address")).isEqualTo("127.0.0.1");
    assertThat(one.getString("lane")).isEqualTo(subject().lane().word());
    assertThat(Instant.parse(one.getString("since"))).isBefore(Instant.now().plusSeconds(5));
    assertThat(one.getInt("bytesUp")).isEqualTo(1_000);
    assertThat(one.getInt("bytesDown")).isEqualTo(1_000);
    assertThat(one.getInt("mark")).isPositive();
    assertThat(one.getBoolean("paused")).isFalse();
    assertThat(one.isNull("bytesPerSecond")).isTrue();
    assertThat(one)
        .containsKeys(
            "rateUp",
            "rateDown",
            "bufferedUp",
            "bufferedDown",
            "pausedUp",
            "pausedDown",
            "pausedMillisUp",
            "pausedMillisDown");
  }

  @Test
  void anOwnerSeesAndEndsItsOwnAlone_4403() throws Exception {
    TcpTarget silent = keep(Targets.silent());
    WsClient client = openAs(Accounts.token(), silent);
    Future<Close> closed = Background.call(client::awaitClose); // which also answers pings
    String id = idOf(silent);
    assertThat(ids(Accounts.token())).contains(id);
    assertThat(ids(Accounts.operator())).doesNotContain(id);
    HttpReply others = Http.delete(address(id), Accounts.operator());
    HttpReply unknown = Http.delete(address("unheard-of"), Accounts.operator());
    assertProblem(others, 404, "not_found");
    assertThat(others.body()).isEqualTo(unknown.body());
    HttpReply slowed =
        Http.patch(address(id), "application/json", "{\"paused\":true}", Accounts.operator());
    assertProblem(slowed, 404, "not_found");
    assertThat(Http.delete(address(id), Accounts.token()).status()).isEqualTo(204);
    assertEnd(Background.join(closed), 4403);
    assertThat(silent.connection().awaitEnd()).isEqualTo(End.RESET);
    Await.until("it is gone", () -> Http.delete(address(id), Accounts.token()).status() == 404);
  }

  private List<String> ids(Map<String, String> who) throws IOException {
    return list(who).stream().map(one -> one.getString("id")).toList();
  }

  @Test
  void whoOpenedATunnelByATicketOwnsIt() throws Exception {
    HttpReply reply =
        Http.postJson(gateway().http("/api/tickets"), "{\"target\":\"echo\"}", Accounts.operator());
    String offer = "sluice.ticket." + json(reply).getString("ticket");
    keep(WsHandshake.to(gateway().ws("/tunnel/echo")).subprotocols(offer).connect());
    Await.until(
        "its owner sees it",
        () ->
            list(Accounts.operator()).stream()
                .anyMatch(one -> one.getString("target").equals("echo")));
  }

  @Test
  void whoDidNotSayWhoOwnsNothing() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    openAs(Map.of(), echo);
    String id = idOf(echo);
    assertThat(list(Map.of())).isEmpty();
    assertProblem(Http.delete(address(id), Map.of()), 404, "not_found");
  }

  @Test
  void aPausedTunnelMovesNothingAndLosesNothing() throws Exception {
    // more than the kernels of both ends hold, or nothing would show
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    PatternCheck got = new PatternCheck(PATTERN);
    WsClient client = openAs(Accounts.operator(), source);
    Future<Close> end = Background.call(() -> client.receiveAll(got));
    Await.until("bytes flow", () -> got.count() > MIB);
    String id = idOf(source);

    JsonObject paused = json(change(id, "{\"paused\":true}"));
    assertThat(paused.getBoolean("paused")).isTrue();
    assertThat(paused.getString("state")).isEqualTo("paused");
    Duration quiet = Duration.ofSeconds(1);
    long still = Await.rest("what the client got", quiet, got::count);
    long read = Await.rest("what is read", quiet, () -> bytesDown(source));
    assertThat(bytesDown(source)).isEqualTo(read);
    assertThat(session(source).getBoolean("pausedDown")).isTrue();

    assertThat(change(id, "{\"paused\":false}").status()).isEqualTo(200);
    Await.until("bytes flow again", () -> got.count() > still + 4 * MIB);
    got.assertIntact();
    Http.delete(address(id), Accounts.admin());
    Background.join(end);
  }

  private long bytesDown(TcpTarget target) {
    try {
      return session(target).getJsonNumber("bytesDown").longValueExact();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aThrottledTunnelKeepsToItsRateUntilItIsLifted() throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    PatternCheck got = new PatternCheck(PATTERN);
    WsClient client = openAs(Accounts.operator(), source);
    Future<Close> end = Background.call(() -> client.receiveAll(got));
    String id = idOf(source);
    int rate = MIB;

    JsonObject throttled = json(change(id, "{\"bytesPerSecond\":%d}".formatted(rate)));
    assertThat(throttled.getInt("bytesPerSecond")).isEqualTo(rate);
    // what left at full speed before is on its way for a while
    Await.until("the rate shows", () -> session(source).getInt("rateDown") < 2 * rate);
    long before = bytesDown(source);
    long began = System.nanoTime();
    Await.until("a while has passed", () -> bytesDown(source) > before + 2L * rate);
    double seconds = (System.nanoTime() - began) / 1e9;
    // no faster than the rate, but for what one mark and one step hold
    assertThat(bytesDown(source) - before).isLessThan((long) (rate * (seconds + 1)) + 2 * MIB);

    assertThat(json(change(id, "{\"bytesPerSecond\":null}")).isNull("bytesPerSecond")).isTrue();
    Await.until("it is fast again", () -> session(source).getInt("rateDown") > 4 * rate);
    Http.delete(address(id), Accounts.admin());
    Background.join(end);
  }

  @Test
  void whatIsMalformedIsRefused() throws Exception {
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"paused\":\"true\"}",
            "{\"paused\":null}",
            "{\"bytesPerSecond\":0}",
            "{\"bytesPerSecond\":-1}",
            "{\"bytesPerSecond\":1.5}",
            "{\"bytesPerSecond\":true}",
            "{\"bytesPerSecond\":1e9}",
            "{\"bytesPerSecond\":10000000000000000}",
            "{\"paused\":true,\"more\":1}")) {
      assertProblem(change("any", body), 400, "bad_request");
    }
    HttpReply form =
        Http.patch(address("any"), "text/plain", "{\"paused\":true}", Accounts.admin());
    assertProblem(form, 400, "bad_request");
  }

  @ParameterizedTest
  @CsvSource({"Origin,https://evil.example", "Origin,null", "Sec-Fetch-Site,cross-site"})
  void noOtherSitesPageChangesOrWatches(String header, String value) throws Exception {
    Map<String, String> headers = new HashMap<>(Accounts.admin());
    headers.put(header, value);
    assertProblem(Http.delete(address("any"), headers), 403, "origin_forbidden");
    assertProblem(
        Http.patch(address("any"), "application/json", "{\"paused\":true}", headers),
        403,
        "origin_forbidden");
    assertProblem(Http.get(gateway().http("/api/events"), headers), 403, "origin_forbidden");
  }

  @Test
  void endsAndPausesAtOnceAreOneEnd() throws Exception {
    double before = ends("target_denied");
    TcpTarget source = keep(Targets.source(PATTERN, 1L << 40));
    WsClient client = openAs(Accounts.operator(), source);
    Future<Close> end = Background.call(() -> client.receiveAll(new PatternCheck(PATTERN)));
    String id = idOf(source);
    List<Future<Integer>> statuses = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String body = i % 3 == 0 ? "{\"paused\":true}" : "{\"bytesPerSecond\":65536}";
      boolean ending = i % 4 == 3;
      statuses.add(
          Background.call(
              () ->
                  ending
                      ? Http.delete(address(id), Accounts.admin()).status()
                      : change(id, body).status()));
    }
    for (Future<Integer> status : statuses) {
      assertThat(Background.join(status)).isIn(200, 204, 404);
    }
    Background.join(end);
    Await.until("one end", () -> ends("target_denied") == before + 1);
  }

  @Test
  void whoWatchesIsShownItsTunnelsEachSecond() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    WsClient watched = openAs(Accounts.operator(), echo);
    Background.run("answers pings", watched::awaitClose);
    String id = idOf(echo);
    assertThat(events(Accounts.admin(), 3)).allSatisfy(data -> assertThat(data).contains(id));
    assertThat(events(Accounts.operator(), 2)).allSatisfy(data -> assertThat(data).contains(id));
    assertThat(events(Accounts.token(), 2)).allSatisfy(data -> assertThat(data).doesNotContain(id));
    assertThat(events(Map.of(), 2)).containsOnly("data: {\"sessions\":[],\"count\":0}");
  }

  private List<String> events(Map<String, String> who, int count) throws IOException {
    try (Stream<String> lines = Http.lines(gateway().http("/api/events"), who)) {
      List<String> data = new ArrayList<>();
      for (Iterator<String> each = lines.iterator(); data.size() < count; ) {
        String line = each.next();
        if (line.startsWith("data: ")) {
          data.add(line);
        }
      }
      return data;
    }
  }

  @Test
  void onlySoManyWatchAndWhoLeavesMakesRoom() throws Exception {
    URI address = gateway().http("/api/events");
    List<Stream<String>> watching = new ArrayList<>();
    try {
      Await.until(
          "no more are let in",
          () -> {
            HttpReply refused = null;
            try {
              watching.add(Http.lines(address, Accounts.admin()));
            } catch (IOException e) {
              refused = Http.get(address, Accounts.admin());
            }
            return refused != null && refused.status() == 503;
          });
      assertThat(watching).hasSizeBetween(1, 8);
    } finally {
      watching.forEach(Stream::close);
    }
    Await.until("there is room again", () -> !events(Accounts.admin(), 1).isEmpty());
  }

  @Test
  void aRoleThatIsTakenAwayEndsTheTunnelsItCarriedAndNoOthers_4403() throws Exception {
    WsClient client = openAs(Accounts.operator(), "/tunnel/" + Accounts.FOR_OPS);
    WsClient bystander = openAs(Accounts.token(), "/tunnel/" + Accounts.FOR_OPS);
    try {
      gateway()
          .rewriteConfig(subject().usual().with(Accounts.sectionsWithOperatorAs("other")).yaml());
      assertEnd(client.awaitClose(), 4403);
      bystander.send(new byte[] {7});
      assertThat(bystander.receive(1)).containsExactly(7);
    } finally {
      subject().reload(subject().usual());
    }
  }

  @Test
  void aUserWhoIsRemovedLosesEveryTunnel_4403() throws Exception {
    WsClient client = openAs(Accounts.operator(), "/tunnel/" + Subject.NAMED);
    WsClient guest = openAs(Map.of(), "/tunnel/" + Subject.NAMED);
    try {
      gateway().rewriteConfig(subject().usual().with(Accounts.sectionsWithoutOperator()).yaml());
      assertEnd(client.awaitClose(), 4403);
      guest.send(new byte[] {7});
      assertThat(guest.receive(1)).containsExactly(7);
    } finally {
      subject().reload(subject().usual());
    }
  }

  /** What a changed file takes away from the operator. */
  enum Revoked {
    RULE,
    ROLE,
    USER
  }

  /**
   * From the changed file in its place to the close at the client. Busy neighbours may delay one
   * try, so the promise is kept if one of three keeps it; the audit record beside the file is
   * written all the while.
   */
  @ParameterizedTest
  @EnumSource
  void whatIsTakenAwayIsGoneWithinTwoSeconds_4403(Revoked what) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Future<?> noise = Background.call(() -> askInVainUntil(done));
    List<Double> seconds = new ArrayList<>();
    try {
      do {
        seconds.add(secondsToRevoke(what));
        subject().reload(subject().usual());
      } while (seconds.get(seconds.size() - 1) > MOST_SECONDS && seconds.size() < 3);
    } finally {
      done.set(true);
      Background.join(noise);
    }
    System.out.printf("%s taken away: tunnel closed after %s s%n", what, seconds);
    assertThat(seconds).anySatisfy(s -> assertThat(s).isLessThanOrEqualTo(MOST_SECONDS));
  }

  private double secondsToRevoke(Revoked what) throws Exception {
    SuiteConfig usual = subject().usual();
    WsClient client = openAs(Accounts.operator(), "/tunnel/" + Accounts.FOR_OPS);
    client.send(new byte[] {7});
    client.receive(1);
    Future<Close> closed = Background.call(client::awaitClose);
    String changed =
        switch (what) {
          case RULE -> usual.denying(usual.targets().get(Accounts.FOR_OPS)).yaml();
          case ROLE -> usual.with(Accounts.sectionsWithOperatorAs("other")).yaml();
          case USER -> usual.with(Accounts.sectionsWithoutOperator()).yaml();
        };
    gateway().rewriteConfig(changed);
    long since = System.nanoTime();
    assertEnd(Background.join(closed), 4403);
    return (System.nanoTime() - since) / 1e9;
  }

  private Void askInVainUntil(AtomicBoolean done) throws Exception {
    while (!done.get()) {
      WsHandshake.to(gateway().ws("/tunnel/%0A")).ask();
      Thread.sleep(20);
    }
    return null;
  }
}
