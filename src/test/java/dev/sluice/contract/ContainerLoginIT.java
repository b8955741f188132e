package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.ServerLogin;
import dev.sluice.testkit.ServerLogin.User;
import dev.sluice.testkit.ServerLogin.Way;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of the server's own realm, logged in by the server itself: who they are to Sluice. */
@Tag("thorough")
@Timeout(300)
class ContainerLoginIT {

  private static final User OPERATOR = new User("olga", "correct-Horse-1", "ops");
  private static final User OTHER = new User("otto", "correct-Horse-2", "staff");
  private static final User ADMIN = new User("anna", "correct-Horse-3", "sluice-admin");

  @ParameterizedTest
  @EnumSource(names = {"WILDFLY", "PAYARA"})
  void whoeverTheServerHasLoggedInIsThatUserWithItsRoles(ServerKind kind) throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            ServerLogin.start(kind, Way.BASIC, yaml(echo), List.of(OPERATOR, OTHER, ADMIN))) {
      theServerItselfAsksForTheLogin(server);
      theirNamesAndRolesAreTheServers(server);
      aTargetOfARoleIsForWhoHasIt(server);
      administratorsAreThoseOfTheRole(server);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WILDFLY", "PAYARA"})
  void aSessionOfTheServersFormCarriesWithAnOriginOfOurs(ServerKind kind) throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            ServerLogin.start(kind, Way.FORM, yaml(echo), List.of(OPERATOR, OTHER))) {
      assertThat(Http.get(server.http("/api/whoami")).body()).contains("j_security_check");
      assertThat(tunnel(server, Subject.NAMED, Map.of()).ask().status()).isNotEqualTo(101);
      Map<String, String> wrong = logIn(server, OPERATOR.name(), "wrong");
      assertThat(whoami(server, wrong).body()).contains("j_security_check");

      Map<String, String> session = logIn(server, OPERATOR.name(), OPERATOR.password());

      assertThat(whoami(server, session).body())
          .isEqualTo("{\"subject\":\"olga\",\"roles\":[\"ops\"],\"method\":\"container\"}");
      WsHandshake withoutOrigin = tunnel(server, Accounts.FOR_OPS, session);
      assertThat(withoutOrigin.ask().status()).isEqualTo(403);
      WsHandshake foreign = tunnel(server, Accounts.FOR_OPS, session);
      assertThat(foreign.header("Origin", "http://elsewhere.example").ask().status())
          .isEqualTo(403);
      try (WsClient client = ours(server, session).connect()) {
        client.send(new byte[] {7});
        assertThat(client.receive(1)).containsExactly(7);
      }
      Map<String, String> others = logIn(server, OTHER.name(), OTHER.password());
      assertProblem(ours(server, others).ask(), 403, "target_denied");
    }
  }

  private static WsHandshake ours(GatewayServer server, Map<String, String> session) {
    String origin = "http://" + server.http("/").getRawAuthority();
    return tunnel(server, Accounts.FOR_OPS, session).header("Origin", origin);
  }

  /**
   * As a browser does: asks for something, posts the form that comes, is sent back to what it asked
   * for, and keeps the cookie, which may change with each of them.
   */
  private static Map<String, String> logIn(GatewayServer server, String name, String password)
      throws Exception {
    Map<String, String> kept = keep(Map.of(), Http.get(server.http("/api/whoami")));
    String form = "j_username=" + name + "&j_password=" + password;
    kept = keep(kept, Http.postForm(server.http("/j_security_check"), form, kept));
    return keep(kept, whoami(server, kept));
  }

  private static Map<String, String> keep(Map<String, String> before, HttpReply reply) {
    String set = reply.header("Set-Cookie");
    return set.isEmpty() ? before : Map.of("Cookie", set.substring(0, set.indexOf(';')));
  }

  private static String yaml(TcpTarget echo) {
    return SuiteConfig.on(Lane.FAST, Subject.NAMED, echo.port())
        .andTarget(Accounts.FOR_OPS, echo.port(), "ops")
        .with("auth: {container: true}\n")
        .yaml();
  }

  private static Map<String, String> as(User user) {
    return Accounts.password(user.name(), user.password());
  }

  private static HttpReply whoami(GatewayServer server, Map<String, String> who) throws Exception {
    return Http.get(server.http("/api/whoami"), who);
  }

  private static void theServerItselfAsksForTheLogin(GatewayServer server) throws Exception {
    for (Map<String, String> nobody :
        List.of(Map.<String, String>of(), Accounts.password(OPERATOR.name(), "wrong"))) {
      HttpReply reply = whoami(server, nobody);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("WWW-Authenticate")).startsWithIgnoringCase("Basic");
      assertThat(tunnel(server, Subject.NAMED, nobody).ask().status()).isEqualTo(401);
    }
  }

  private static void theirNamesAndRolesAreTheServers(GatewayServer server) throws Exception {
    assertThat(whoami(server, as(OPERATOR)).body())
        .isEqualTo("{\"subject\":\"olga\",\"roles\":[\"ops\"],\"method\":\"container\"}");
    assertThat(whoami(server, as(OTHER)).body())
        .isEqualTo("{\"subject\":\"otto\",\"roles\":[],\"method\":\"container\"}");
    assertThat(whoami(server, as(ADMIN)).body())
        .isEqualTo("{\"subject\":\"anna\",\"roles\":[\"sluice-admin\"],\"method\":\"container\"}");
  }

  private static void aTargetOfARoleIsForWhoHasIt(GatewayServer server) throws Exception {
    assertProblem(tunnel(server, Accounts.FOR_OPS, as(OTHER)).ask(), 403, "target_denied");
    try (WsClient client = tunnel(server, Accounts.FOR_OPS, as(OPERATOR)).connect()) {
      client.send(new byte[] {7});
      assertThat(client.receive(1)).containsExactly(7);
      Await.until("it is listed", () -> sessions(server, OPERATOR).size() == 1);
      JsonObject one = sessions(server, OPERATOR).get(0);
      assertThat(one.getString("subject")).isEqualTo("olga");
      assertThat(one.getString("method")).isEqualTo("container");
      assertThat(sessions(server, ADMIN)).hasSize(1);
      assertThat(sessions(server, OTHER)).isEmpty();
    }
  }

  private static List<JsonObject> sessions(GatewayServer server, User user) throws Exception {
    return json(Http.get(server.http("/api/sessions"), as(user)))
        .getJsonArray("sessions")
        .getValuesAs(JsonObject.class);
  }

  private static void administratorsAreThoseOfTheRole(GatewayServer server) throws Exception {
    String address = "/api/explain?name=" + Subject.NAMED;
    assertThat(Http.get(server.http(address), as(ADMIN)).status()).isEqualTo(200);
    assertProblem(Http.get(server.http(address), as(OPERATOR)), 403, "forbidden");
  }

  private static WsHandshake tunnel(GatewayServer server, String target, Map<String, String> who) {
    WsHandshake handshake = WsHandshake.to(server.ws("/tunnel/" + target));
    who.forEach(handshake::header);
    return handshake;
  }
}
