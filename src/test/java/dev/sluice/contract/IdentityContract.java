package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Tokens;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who callers are, over HTTP and in the handshake, and what they may open. */
abstract class IdentityContract extends GatewayContract {

  private HttpReply whoami(Map<String, String> headers) throws IOException {
    return Http.get(gateway().http("/api/whoami"), headers);
  }

  private HttpReply handshake(String path, Map<String, String> headers) throws IOException {
    return dressed(path, headers).ask();
  }

  private WsHandshake dressed(String path, Map<String, String> headers) {
    WsHandshake handshake = WsHandshake.to(gateway().ws(path));
    headers.forEach(handshake::header);
    return handshake;
  }

  @Test
  void whoDoesNotSayIsAGuest() throws Exception {
    HttpReply reply = whoami(Map.of());
    assertThat(reply.body())
        .isEqualTo("{\"subject\":\"anonymous\",\"roles\":[\"guest\"],\"method\":\"anonymous\"}");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aPasswordIsItsUser() throws Exception {
    assertThat(whoami(Accounts.operator()).body())
        .isEqualTo("{\"subject\":\"operator\",\"roles\":[\"ops\"],\"method\":\"basic\"}");
  }

  @Test
  void aTokenIsItsSubject() throws Exception {
    assertThat(whoami(Accounts.token()).body())
        .isEqualTo("{\"subject\":\"alice\",\"roles\":[\"dba\",\"ops\"],\"method\":\"bearer\"}");
  }

  @Test
  void aWrongPasswordAndAnUnknownUserLookAlike() throws Exception {
    HttpReply wrong = whoami(Accounts.password(Accounts.USER, "wrong"));
    HttpReply unknown = whoami(Accounts.password("nobody", "wrong"));
    assertProblem(wrong, 401, "unauthenticated");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(wrong.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"sluice\", charset=\"UTF-8\", Bearer realm=\"sluice\"");
  }

  @Test
  void aTokenThatIsOverOrForOthersIsRefused() throws Exception {
    Instant now = Instant.now();
    HttpReply over = whoami(Accounts.token(Tokens.claims(now.minusSeconds(3_600)).build()));
    assertProblem(over, 401, "unauthenticated");
    assertThat(over.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    assertProblem(
        whoami(Accounts.token(Tokens.claims(now).audience("other").build())),
        401,
        "unauthenticated");
  }

  @Test
  void aWrongCredentialNeverMakesAHandshakeAGuests() throws Exception {
    String path = "/tunnel/" + Subject.NAMED;
    HttpReply refused = handshake(path, Accounts.password(Accounts.USER, "wrong"));
    assertProblem(refused, 401, "unauthenticated");
    assertThat(refused.header("WWW-Authenticate")).startsWith("Basic ");
    assertProblem(handshake(path, Map.of("Authorization", "Bearer x")), 401, "unauthenticated");
    assertThat(handshake(path, Map.of()).status()).isEqualTo(101);
  }

  @Test
  void aTargetOfARoleIsForThatRole() throws Exception {
    String path = "/tunnel/" + Accounts.FOR_OPS;
    assertProblem(handshake(path, Map.of()), 403, "target_denied");
    assertThat(handshake(path, Accounts.operator()).status()).isEqualTo(101);
    assertThat(handshake(path, Accounts.token()).status()).isEqualTo(101);
  }

  @Test
  void theListOfTargetsIsTheCallersOwn() throws Exception {
    assertThat(targets(Map.of())).contains(Subject.NAMED).doesNotContain(Accounts.FOR_OPS);
    assertThat(targets(Accounts.operator())).contains(Subject.NAMED, Accounts.FOR_OPS);
  }

  private String targets(Map<String, String> headers) throws IOException {
    HttpReply reply = Http.get(gateway().http("/api/targets"), headers);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return json(reply).getJsonArray("targets").toString();
  }

  @Test
  void withoutGuestsNothingIsAnsweredWithoutAnAccount() throws Exception {
    gateway().rewriteConfig(subject().usual().with(Accounts.sectionsWithoutGuests()).yaml());
    try {
      Await.until("guests are gone", () -> whoami(Map.of()).status() == 401);
      String ping = "{\"host\":\"127.0.0.1\",\"port\":7}";
      assertProblem(handshake("/tunnel/echo", Map.of()), 401, "unauthenticated");
      assertProblem(Http.postJson(gateway().http("/api/ping"), ping), 401, "unauthenticated");
      assertProblem(Http.get(gateway().http("/ping/127.0.0.1:7")), 401, "unauthenticated");
      assertProblem(Http.get(gateway().http("/ssh/127.0.0.1")), 401, "unauthenticated");
      assertProblem(Http.get(gateway().http("/api/targets")), 401, "unauthenticated");
      assertProblem(Http.postJson(gateway().http("/api/tickets"), ping), 401, "unauthenticated");
      WsClient client = keep(dressed("/tunnel/echo", Accounts.operator()).connect());
      client.send(new byte[] {1, 2, 3});
      assertThat(client.receive(3)).containsExactly(1, 2, 3);
      assertThat(Http.postJson(gateway().http("/api/ping"), ping, Accounts.token()).status())
          .isEqualTo(200);
    } finally {
      subject().reload(subject().usual());
    }
  }
}
