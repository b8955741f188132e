package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.ClientIdentity.Method;
import dev.sluice.access.Identification.Known;
import dev.sluice.access.Identification.Unknown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorsTest {

  private static final Set<String> ASKED = Set.of("ops", "dba");
  private static final Map<String, BasicUser> USERS =
      Map.of(
          "operator",
          new BasicUser(PasswordHash.parse(PasswordHashTest.KNOWN), Set.of("ops")),
          "other",
          new BasicUser(PasswordHash.parse(PasswordHashTest.BCRYPT), Set.of()));

  @TempDir static Path directory;
  private static BearerSettings bearer;

  private final Tickets tickets = new Tickets();

  @BeforeAll
  static void publish() throws IOException {
    Path keys =
        Files.writeString(directory.resolve("keys.json"), Tokens.keySet(Tokens.EC.toPublicJWK()));
    bearer =
        new BearerSettings(
            Tokens.ISSUER, Tokens.AUDIENCE, new KeySource.File(keys), "roles", "sub");
  }

  private static AuthSettings all() {
    return new AuthSettings(true, USERS, Optional.of(bearer), Optional.of(Set.of("guest")));
  }

  private static AuthSettings withoutAnonymous() {
    return new AuthSettings(true, USERS, Optional.of(bearer), Optional.empty());
  }

  private Authenticators by(AuthSettings settings) {
    return new Authenticators(settings, TicketSettings.defaults(), tickets);
  }

  private Identification identify(AuthSettings settings, Requests request) {
    return by(settings).identify(request.caller(), ASKED);
  }

  private static ClientIdentity identity(Identification who) {
    assertThat(who).isInstanceOf(Known.class);
    return ((Known) who).identity();
  }

  private static Requests authorized(String header) {
    return Requests.plain().header("Authorization", header);
  }

  private static String basic(String name, String password) {
    String pair = name + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String token() {
    return Tokens.sign(Tokens.claims(Instant.now()).build());
  }

  private String ticket(Requests of) {
    return tickets
        .issue(
            new ClientIdentity("operator", Set.of("ops"), Method.BASIC),
            of.caller(),
            "pg-main",
            Duration.ofSeconds(30))
        .orElseThrow();
  }

  @Test
  void withoutConfigurationTheServersLoginCountsAndAnybodyElseIsNobody() {
    AuthSettings none = AuthSettings.defaults();
    assertThat(identity(identify(none, Requests.plain().loggedIn("alice", "ops", "x"))))
        .isEqualTo(new ClientIdentity("alice", Set.of("ops"), Method.CONTAINER));
    assertThat(identity(identify(none, Requests.plain())))
        .isEqualTo(ClientIdentity.anonymous(Set.of()));
  }

  @Test
  void withoutPasswordsAndTokensTheAuthorizationHeaderIsSomebodyElses() {
    assertThat(identity(identify(AuthSettings.defaults(), authorized("Basic eDp5"))).method())
        .isEqualTo(Method.ANONYMOUS);
  }

  @Test
  void theFirstOfTheListThatIsThereDecides() {
    Requests both = authorized(basic("operator", "pässword")).loggedIn("alice", "dba");
    assertThat(identity(identify(all(), both)).method()).isEqualTo(Method.CONTAINER);
  }

  @Test
  void aServersLoginCountsOnlyWhereItIsConfigured() {
    AuthSettings settings =
        new AuthSettings(false, USERS, Optional.empty(), Optional.of(Set.of("guest")));
    assertThat(identity(identify(settings, Requests.plain().loggedIn("alice", "ops"))))
        .isEqualTo(ClientIdentity.anonymous(Set.of("guest")));
  }

  @Test
  void aRightPasswordIsItsUser() {
    assertThat(identity(identify(all(), authorized(basic("operator", "pässword")))))
        .isEqualTo(new ClientIdentity("operator", Set.of("ops"), Method.BASIC));
    assertThat(identity(identify(all(), authorized(basic("other", "pässword")))).subject())
        .isEqualTo("other");
  }

  @Test
  void aGoodTokenIsItsSubject() {
    assertThat(identity(identify(all(), authorized("bearer  " + token()))))
        .isEqualTo(new ClientIdentity("alice", Set.of("ops", "dba"), Method.BEARER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic b3BlcmF0b3I6d3Jvbmc=",
        "Basic bm9ib2R5OndoYXRldmVy",
        "Basic !",
        "Basic",
        "Basic b3BlcmF0b3I=",
        "Basic b3BlcmF0b3I6DA==",
        "Bearer x",
        "Bearer",
        "Negotiate abc",
        "",
      })
  void whatIsWrongNeverMakesAnybodyAnonymous(String header) {
    assertThat(identify(all(), authorized(header))).isInstanceOf(Unknown.class);
  }

  @Test
  void twoCredentialsAreNone() {
    Requests twice =
        authorized(basic("operator", "pässword"))
            .header("Authorization", basic("operator", "pässword"));
    assertThat(identify(all(), twice)).isInstanceOf(Unknown.class);
  }

  @Test
  void nobodyIsAnonymousWhereThatIsNotConfigured() {
    assertThat(identify(withoutAnonymous(), Requests.plain()))
        .isEqualTo(
            new Unknown("Basic realm=\"sluice\", charset=\"UTF-8\", Bearer realm=\"sluice\""));
    AuthSettings onlyContainer =
        new AuthSettings(true, Map.of(), Optional.empty(), Optional.empty());
    assertThat(identify(onlyContainer, Requests.plain()))
        .isEqualTo(new Unknown("Bearer realm=\"sluice\""));
  }

  @Test
  void aTicketIsItsOwnerOnce() {
    String ticket = ticket(Requests.plain());
    Requests shown = Requests.plain().header("Sec-WebSocket-Protocol", "sluice.ticket." + ticket);
    Known known = (Known) identify(withoutAnonymous(), shown);
    assertThat(known.identity())
        .isEqualTo(new ClientIdentity("operator", Set.of("ops"), Method.TICKET, Method.BASIC));
    assertThat(known.grant().target()).isEqualTo("pg-main");
    assertThat(identify(all(), shown)).isInstanceOf(Unknown.class);
  }

  @Test
  void aTicketOfAnotherPageIsRefusedAndSpent() {
    String ticket = ticket(Requests.plain().header("Origin", "https://app.example"));
    String offer = "sluice.ticket." + ticket;
    Requests foreign =
        Requests.plain()
            .header("Origin", "https://other.example")
            .header("Sec-WebSocket-Protocol", offer);
    assertThat(identify(all(), foreign)).isInstanceOf(Unknown.class);
    Requests own =
        Requests.plain()
            .header("Origin", "https://app.example")
            .header("Sec-WebSocket-Protocol", offer);
    assertThat(identify(all(), own)).isInstanceOf(Unknown.class);
  }

  @Test
  void aTicketOfSomebodyWhoIsGoneOpensNothing() {
    String ticket = ticket(Requests.plain());
    AuthSettings gone =
        new AuthSettings(true, Map.of(), Optional.empty(), Optional.of(Set.of("guest")));
    Requests shown = Requests.plain().header("Sec-WebSocket-Protocol", "sluice.ticket." + ticket);
    assertThat(identify(gone, shown)).isInstanceOf(Unknown.class);
  }

  @Test
  void aTicketInTheAddressCountsOnlyWhereThatIsConfigured() {
    String first = ticket(Requests.plain());
    assertThat(identify(all(), Requests.plain().query("ticket=" + first)))
        .isInstanceOf(Unknown.class);
    Authenticators open =
        new Authenticators(all(), new TicketSettings(Duration.ofSeconds(5), true), tickets);
    Requests spent = Requests.plain().query("ticket=" + first);
    assertThat(open.identify(spent.caller(), ASKED)).isInstanceOf(Unknown.class);
    Requests second = Requests.plain().query("a=b&ticket=" + ticket(Requests.plain()));
    assertThat(open.identify(second.caller(), ASKED)).isInstanceOf(Known.class);
  }

  @Test
  void twoTicketsOpenNothing() {
    Requests both =
        Requests.plain()
            .header("Sec-WebSocket-Protocol", "sluice.ticket." + ticket(Requests.plain()))
            .header("Sec-WebSocket-Protocol", "sluice.ticket." + ticket(Requests.plain()));
    assertThat(identify(all(), both)).isInstanceOf(Unknown.class);
  }

  @Test
  void whoIsStillKnownFollowsTheConfiguration() {
    ClientIdentity operator = new ClientIdentity("operator", Set.of("old"), Method.BASIC);
    Authenticators now = by(all());
    assertThat(now.stillKnown(operator)).hasValueSatisfying(i -> rolesAre(i, "ops"));
    assertThat(now.stillKnown(operator.byTicket())).hasValueSatisfying(i -> rolesAre(i, "ops"));
    assertThat(now.stillKnown(ClientIdentity.anonymous(Set.of())))
        .hasValueSatisfying(i -> rolesAre(i, "guest"));
    ClientIdentity alice = new ClientIdentity("alice", Set.of("dba"), Method.BEARER);
    assertThat(now.stillKnown(alice)).contains(alice);

    Authenticators later =
        now.with(
            new AuthSettings(false, Map.of(), Optional.empty(), Optional.empty()),
            TicketSettings.defaults());
    assertThat(later.stillKnown(operator)).isEmpty();
    assertThat(later.stillKnown(operator.byTicket())).isEmpty();
    assertThat(later.stillKnown(alice)).isEmpty();
    assertThat(later.stillKnown(ClientIdentity.anonymous(Set.of()))).isEmpty();
    assertThat(later.stillKnown(new ClientIdentity("bob", Set.of(), Method.CONTAINER))).isEmpty();
  }

  private static void rolesAre(ClientIdentity identity, String... roles) {
    assertThat(identity.roles()).containsExactlyInAnyOrder(roles);
  }
}
