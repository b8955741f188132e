package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What may not be opened looks alike, whatever the reason: in words and in time. */
abstract class DenialContract extends GatewayContract {

  /** One lookup's timeout in the suite's configuration, in nanoseconds. */
  private static final long LOOKUP_NANOS = 500_000_000L;

  private static final int ROUNDS = 6;

  /** One question for each way in which a denial comes about. */
  private Map<String, Question> everyDenial() {
    Map<String, Question> all = new LinkedHashMap<>();
    all.put("unknown name", () -> tunnel("/tunnel/unheard-of"));
    all.put("other role", () -> tunnel("/tunnel/" + Accounts.FOR_OPS));
    all.put("denied address", () -> tunnel(to(SuiteConfig.DENIED)));
    all.put("no rule", () -> tunnel(to("10.1.2.3")));
    all.put("metadata", () -> tunnel(to("169.254.169.254")));
    all.put("unresolvable", () -> tunnel(to("no-such-name.invalid")));
    return all;
  }

  private static String to(String host) {
    return "/tunnel?host=" + host + "&port=22";
  }

  private HttpReply tunnel(String path) throws IOException {
    return WsHandshake.to(gateway().ws(path)).ask();
  }

  @FunctionalInterface
  interface Question {
    HttpReply ask() throws IOException;
  }

  /** Everything but what differs between any two answers of one kind. */
  private static String look(HttpReply reply) {
    Map<String, Object> headers = new TreeMap<>(reply.headers());
    headers.remove("date");
    return reply.status() + " " + headers + " " + reply.body();
  }

  @Test
  void inTheirWordsNoDenialDiffersFromAnother() throws Exception {
    String first = look(tunnel("/tunnel/unheard-of"));
    for (Map.Entry<String, Question> denial : everyDenial().entrySet()) {
      HttpReply reply = denial.getValue().ask();
      assertProblem(reply, 403, "target_denied");
      assertThat(look(reply)).as(denial.getKey()).isEqualTo(first);
    }
  }

  @Test
  void theProbesSayTheSame() throws Exception {
    String body = tunnel("/tunnel/unheard-of").body();
    for (String host : new String[] {SuiteConfig.DENIED, "10.1.2.3", "no-such-name.invalid"}) {
      String json = "{\"host\":\"" + host + "\",\"port\":22}";
      for (HttpReply reply :
          new HttpReply[] {
            Http.get(gateway().http("/ping/" + host + ":22")),
            Http.get(gateway().http("/ssh/" + host)),
            Http.postJson(gateway().http("/api/ping"), json),
            Http.postJson(gateway().http("/api/ssh/banner"), json),
          }) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).as(host).isEqualTo(body);
      }
    }
  }

  /**
   * No denial comes before the longest that a lookup may take, and the quickest answers of all
   * kinds come together: a busy machine delays some, but not the quickest of each.
   */
  @Test
  void inTimeNoDenialDiffersFromAnother() throws Exception {
    Map<String, Long> quickest = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Question> denial : everyDenial().entrySet()) {
        long startedAt = System.nanoTime();
        denial.getValue().ask();
        quickest.merge(denial.getKey(), System.nanoTime() - startedAt, Math::min);
      }
    }
    assertThat(quickest.values()).as(quickest.toString()).allMatch(n -> n >= LOOKUP_NANOS);
    long least = quickest.values().stream().mapToLong(Long::longValue).min().orElseThrow();
    assertThat(quickest.values())
        .as(quickest.toString())
        .allMatch(nanos -> nanos < least + LOOKUP_NANOS / 2);
  }

  @Test
  void theProbesTakeTheSameTime() throws Exception {
    for (String path : new String[] {"/ping/10.1.2.3:22", "/ssh/no-such-name.invalid"}) {
      long startedAt = System.nanoTime();
      Http.get(gateway().http(path));
      assertThat(System.nanoTime() - startedAt).as(path).isGreaterThanOrEqualTo(LOOKUP_NANOS);
    }
  }
}
