package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardingTest {

  /** 10.0.0.0/8 and fd00::/8 are ours. */
  private static final Forwarding OURS =
      new Forwarding(
          address ->
              address.getHostAddress().startsWith("10.")
                  || address.getHostAddress().startsWith("fd"));

  private static Caller read(String peer, String... forwardedFor) {
    Requests request = Requests.plain().from(peer);
    for (String line : forwardedFor) {
      request.header("X-Forwarded-For", line);
    }
    return Caller.of(request, OURS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7 |                              | 203.0.113.7",
        "203.0.113.7 | 198.51.100.1                 | 203.0.113.7",
        "10.0.0.1    |                              | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1                 | 198.51.100.1",
        "10.0.0.1    | 1.1.1.1, 198.51.100.1        | 198.51.100.1",
        "10.0.0.1    | 1.1.1.1, 198.51.100.1, 10.9.9.9 | 198.51.100.1",
        "10.0.0.1    | 10.1.1.1, 10.2.2.2           | 10.1.1.1",
        "10.0.0.1    | 198.51.100.1:4711            | 198.51.100.1",
        "10.0.0.1    | [2001:db8::7]:4711           | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1    | 2001:db8::7                  | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1    | ::ffff:198.51.100.1          | 198.51.100.1",
        "fd00::1     | 198.51.100.1                 | 198.51.100.1",
        "10.0.0.1    | unknown                      | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1, garbage        | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1, 010.1.1.1      | 10.0.0.1",
        "10.0.0.1    | evil.example                 | 10.0.0.1",
        "10.0.0.1    | 198.51.100.1,                | 10.0.0.1",
        "10.0.0.1    | 300.1.1.1                    | 10.0.0.1",
        "10.0.0.1    | [10.1.1.1]                   | 10.0.0.1",
      })
  void theClientIsTheFirstFromTheRightThatIsNoProxyOfOurs(
      String peer, String header, String client) {
    Caller caller = header == null ? read(peer) : read(peer, header);
    assertThat(caller.client()).isEqualTo(client);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(read("10.0.0.1", "1.1.1.1", "198.51.100.1").client()).isEqualTo("198.51.100.1");
  }

  @Test
  void theSocketsOwnAddressStaysKnown() {
    Caller caller = read("10.0.0.1", "198.51.100.1");
    assertThat(caller.peer()).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7,https,http",
    "10.0.0.1,https,https",
    "10.0.0.1,HTTPS,https",
    "10.0.0.1,'http, https',https",
    "10.0.0.1,'https, http',http",
    "10.0.0.1,javascript,http",
  })
  void theSchemeIsTheWordOfTheProxyInFront(String peer, String header, String scheme) {
    Requests request = Requests.plain().from(peer).header("X-Forwarded-Proto", header);
    assertThat(Caller.of(request, OURS).scheme()).isEqualTo(scheme);
  }

  @Test
  void theStandardHeaderCountsForNothing() {
    Requests request =
        Requests.plain().from("10.0.0.1").header("Forwarded", "for=198.51.100.1;proto=https");
    assertThat(Caller.of(request, OURS).client()).isEqualTo("10.0.0.1");
    assertThat(Caller.of(request, OURS).scheme()).isEqualTo("http");
  }

  @Property
  void whateverAClientWritesItCannotBecomeSomebodyElse(@ForAll("lines") List<String> written) {
    List<String> chain = new ArrayList<>(written);
    chain.add("198.51.100.1"); // what our own proxy adds
    Requests request = Requests.plain().from("10.0.0.1");
    request.header("X-Forwarded-For", String.join(", ", chain));
    assertThat(Caller.of(request, OURS).client()).isEqualTo("198.51.100.1");
  }

  @Property
  void nothingThatIsReadIsLookedUpOrThrows(@ForAll("texts") String text) {
    InetAddress address = AddressText.parseNode(text);
    if (address != null) {
      assertThat(AddressText.parse(address.getHostAddress())).isEqualTo(address);
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return texts().list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789abcdef.:[]%, \"=;").ofMaxLength(50),
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of("10.0.0.1", "198.51.100.7", "localhost", "fd00::1", "[::1]:80", "unknown"));
  }
}
