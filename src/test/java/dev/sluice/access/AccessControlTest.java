package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Identification.ForeignPage;
import dev.sluice.access.Identification.Known;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessControlTest {

  private static final String LISTED = "https://app.example";

  private final Tickets tickets = new Tickets();
  private final Authenticators authenticators =
      new Authenticators(AuthSettings.defaults(), TicketSettings.defaults(), tickets);
  private final AccessControl access =
      new AccessControl(() -> OriginPolicy.of(List.of("self", LISTED)), () -> authenticators);

  private static Requests request(String origin, String fetchSite, boolean login, boolean cookie) {
    Requests request = Requests.plain().header("Host", "gw.example");
    if (origin != null) {
      request.header("Origin", origin);
    }
    if (fetchSite != null) {
      request.header("Sec-Fetch-Site", fetchSite);
    }
    if (cookie) {
      request.header("Cookie", "JSESSIONID=1");
    }
    return login ? request.loggedIn("alice") : request;
  }

  @ParameterizedTest
  @CsvSource({
    // origin, Sec-Fetch-Site, login, cookie, handshake, page
    ",,false,false,true,true",
    ",,false,true,true,true",
    ",,true,false,true,true",
    ",,true,true,false,false",
    ",same-origin,true,true,false,true",
    ",none,true,true,false,true",
    ",same-site,true,true,false,false",
    ",cross-site,false,false,false,false",
    ",cross-site,true,true,false,false",
    "http://gw.example,,true,true,true,true",
    "http://gw.example,same-origin,true,true,true,true",
    "https://app.example,cross-site,true,true,true,false",
    "https://app.example,,true,true,true,true",
    "https://evil.example,,false,false,false,false",
    "https://evil.example,same-origin,true,true,false,false",
    "null,,false,false,false,false",
  })
  void aPageMayAskWhatItsBrowserVouchesFor(
      String origin, String site, boolean login, boolean cookie, boolean handshake, boolean page) {
    Caller caller = request(origin, site, login, cookie).caller();
    assertThat(access.enterByHandshake(caller, Set.of()) instanceof ForeignPage)
        .isEqualTo(!handshake);
    assertThat(access.enterByPage(caller, Set.of()) instanceof ForeignPage).isEqualTo(!page);
  }

  @Test
  void aForeignPageCannotSpendATicket() {
    Caller owner = Requests.plain().caller();
    String ticket =
        tickets
            .issue(ClientIdentity.anonymous(Set.of()), owner, "pg-main", Duration.ofSeconds(30))
            .orElseThrow();
    String offer = "sluice.ticket." + ticket;
    Caller foreign =
        request("https://evil.example", null, false, false)
            .header("Sec-WebSocket-Protocol", offer)
            .caller();
    assertThat(access.enterByHandshake(foreign, Set.of())).isInstanceOf(ForeignPage.class);
    Caller own = request(null, null, true, true).header("Sec-WebSocket-Protocol", offer).caller();
    assertThat(access.enterByHandshake(own, Set.of())).isInstanceOf(ForeignPage.class);
  }

  @Test
  void aTicketNeedsNoOrigin() {
    String ticket =
        tickets
            .issue(
                ClientIdentity.anonymous(Set.of()),
                Requests.plain().caller(),
                "pg-main",
                Duration.ofSeconds(30))
            .orElseThrow();
    Caller caller =
        request(null, null, false, true)
            .header("Sec-WebSocket-Protocol", "binary, sluice.ticket." + ticket)
            .caller();
    assertThat(access.enterByHandshake(caller, Set.of())).isInstanceOf(Known.class);
  }

  @Test
  void administratorsAreKnownByTheirRoleThoughNoRuleNamesIt() {
    Caller admin = Requests.plain().loggedIn("root", ClientIdentity.ADMIN, "other").caller();
    Known known = (Known) access.identify(admin, Set.of());
    assertThat(known.identity().roles()).containsExactly(ClientIdentity.ADMIN);
  }
}
