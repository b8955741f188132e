package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

  @ParameterizedTest
  @CsvSource({
    "198.51.100.7, 198.51.100.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2:ffff::, 2001:db8:1:2:0:0:0:0/64",
    "::ffff:198.51.100.7, 198.51.100.7",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
  })
  void anIpv6CallerIsCountedByItsNetwork(String peer, String key) {
    assertThat(Requests.plain().from(peer).caller().countingKey()).isEqualTo(key);
  }

  @Test
  void whatIsNoAddressIsCountedAsItIs() {
    assertThat(Requests.plain().from("local socket").caller().countingKey())
        .isEqualTo("local socket");
  }

  @Test
  void ticketsAreFoundAmongTheOfferedSubprotocolsOnAnyLine() {
    Caller caller =
        Requests.plain()
            .header("Sec-WebSocket-Protocol", "binary, sluice.ticket.abc")
            .header("Sec-WebSocket-Protocol", "foo,sluice.ticket.def")
            .query("host=a&ticket=ghi&xticket=no")
            .caller();
    assertThat(caller.tickets()).containsExactly("abc", "def");
    assertThat(caller.queryTickets()).containsExactly("ghi");
  }

  @Test
  void aSecondOriginMakesNoneOfTheTwoRight() {
    Caller caller =
        Requests.plain().header("Origin", "http://a").header("Origin", "http://b").caller();
    assertThat(OriginPolicy.of(java.util.List.of("http://a", "http://b")))
        .matches(policy -> !policy.allows(caller.origin(), "http", "a"));
  }

  @Test
  void itsTextShowsNoCredential() {
    Caller caller =
        Requests.plain()
            .header("Authorization", "Basic c2VjcmV0")
            .header("Sec-WebSocket-Protocol", "sluice.ticket.secret")
            .header("Cookie", "s=secret")
            .query("ticket=secret")
            .caller();
    assertThat(caller.toString()).isEqualTo("caller from 192.0.2.1");
  }
}
