package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration may write, and what it is told otherwise. */
class RuleTextTest {

  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource({
    "db.corp.example, db.corp.example, true",
    "DB.Corp.Example., db.corp.example, true",
    "*.corp.example, db.corp.example, true",
    "*.corp.example, corp.example, false",
    "*.corp.example, db.corp, false",
    "*.corp.example, db.corp.example.org, false",
    "*.corp.example, a.db.corp.example, false",
    "*.*.example, db.corp.example, true",
    "db.*.example, db.corp.example, true",
    "db.*.example, db.a.b.example, false",
    "*.corp.example, xcorp.example, false",
    "localhost, localhost, true"
  })
  void aWildcardIsExactlyOneLabel(String pattern, String host, boolean matches) {
    assertThat(HostPattern.parse(pattern).matches(Host.parse(host))).isEqualTo(matches);
  }

  @Test
  void aLiteralNeverSatisfiesAHostPattern() {
    assertThat(HostPattern.parse("*.*.*.x1").matches(Host.parse("10.0.0.1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "a.*",
        "a.*.",
        "a*.example",
        "*a.example",
        "**.example",
        "10.0.0.1",
        "*.0.0.1",
        "::1",
        "a.example:22",
        "a_b.example",
        "*..example",
        "b\u00fccher.example"
      })
  void whatIsNoHostPatternIsRefused(String text) {
    assertThatThrownBy(() -> HostPattern.parse(text)).isInstanceOf(InvalidTargetException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::1", "a.example:22"})
  void anAddressAmongHostPatternsIsToldWhereItBelongs(String text) {
    assertThatThrownBy(() -> HostPattern.parse(text))
        .hasMessageContaining("use networks and ports for these");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0/8",
    "10.1.2.3, 10.1.2.3/32",
    "fd00::/8, fd00::/8",
    "::1, ::1/128",
    "::ffff:10.0.0.0/104, 10.0.0.0/8",
    "0.0.0.0/0, 0.0.0.0/0",
    "::/0, ::/0",
    "public, public"
  })
  void aNetworkIsReadIntoItsCanonicalText(String text, String canonical) {
    assertThat(NetworkPattern.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "0.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10/8",
        "10.1.2.3/8",
        "fd00::/129",
        "fd00::1/8",
        "[fd00::]/8",
        "Public",
        "private",
        "a.example",
        ""
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> NetworkPattern.parse(text)).isInstanceOf(InvalidTargetException.class);
  }

  @Test
  void theSlipInANetworkIsNamed() {
    assertThatThrownBy(() -> Network.parse("10.1.2.3/8")).hasMessageContaining("10.0.0.0");
  }

  @Test
  void everyPrefixLengthHoldsItsOwnEndsAndNotTheirNeighbours() {
    for (int length = 1; length <= 32; length++) {
      int base = 0xffff_ffff << (32 - length);
      Network network = new Network(IpAddress.ofV4(base), 96 + length);
      assertThat(network.contains(IpAddress.ofV4(base))).isTrue();
      assertThat(network.contains(IpAddress.ofV4(-1))).isTrue();
      assertThat(network.contains(IpAddress.ofV4(base - 1))).isFalse();
    }
    assertThat(Network.parse("::/0").contains(IpAddress.parse("10.0.0.1"))).isFalse();
    assertThat(Network.parse("0.0.0.0/0").contains(IpAddress.parse("::1"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "22-", "-22", "0", "65536", "100-99", "1-2-3", "22 ", "http"})
  void whatIsNoPortRangeIsRefused(String text) {
    assertThatThrownBy(() -> PortRange.parse(text)).isInstanceOf(InvalidTargetException.class);
  }

  @Test
  void bothEndsOfAPortRangeArePorts() {
    assertThatThrownBy(() -> new PortRange(0, 22)).hasMessageContaining("from 1 to 65535");
    assertThatThrownBy(() -> new PortRange(22, 65_536)).hasMessageContaining("from 1 to 65535");
  }

  @Test
  void aPortRangeHoldsBothItsEnds() {
    PortRange range = PortRange.parse("8000-8100");
    assertThat(range.contains(7999)).isFalse();
    assertThat(range.contains(8000)).isTrue();
    assertThat(range.contains(8100)).isTrue();
    assertThat(range.contains(8101)).isFalse();
    assertThat(PortRange.parse("22")).isEqualTo(new PortRange(22, 22)).hasToString("22");
  }

  @Test
  void aRuleThatAllowsMustSayWhereTo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rule(true, List.of("ops"), List.of(), List.of(), List.of()))
        .withMessageContaining("hosts or networks");
  }

  @Test
  void aRuleIsWrittenOnOneLine() {
    Rule rule =
        new Rule(
            true,
            List.of("ops"),
            List.of(HostPattern.parse("*.db.example")),
            List.of(NetworkPattern.PUBLIC),
            List.of(PortRange.parse("22")));
    assertThat(rule)
        .hasToString(
            "{allow: true, roles: [ops], hosts: [*.db.example], networks: [public], ports: [22]}");
  }

  @ParameterizedTest
  @CsvSource({"'', a.example:22", "a/b, a.example:22", "ok, a.example", "ok, 10.0.0.1:0"})
  void aNamedTargetNeedsANameAndAnAddress(String name, String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamedTarget.parse(name, address, List.of(), null));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "10.0.0.2, 10.0.0.2:53",
    "10.0.0.2:5353, 10.0.0.2:5353",
    "::1, [::1]:53",
    "[::1], [::1]:53",
    "[::1]:54, [::1]:54"
  })
  void aDnsServerIsAnAddressWithOrWithoutPort(String text, String canonical) {
    assertThat(TargetSettings.parseDnsServer(text).text()).isEqualTo(canonical);
  }

  @Test
  void aDnsServerIsNeverAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TargetSettings.parseDnsServer("dns.example"))
        .withMessageContaining("address");
  }

  @Test
  void theSettingsTakeNoDnsServerThatWouldHaveToBeLookedUp() {
    HostPort byName = HostPort.parse("dns.example:53");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TargetSettings(
                    List.of(), Map.of(), List.of(), Duration.ofSeconds(1), List.of(byName)))
        .withMessageContaining("dns.example:53 must be an address");
  }

  @Test
  void theDefaultsAllowNothing() {
    TargetSettings defaults = TargetSettings.defaults();
    assertThat(defaults.rules()).isEmpty();
    assertThat(defaults.targets()).isEmpty();
    assertThat(defaults.self()).isEmpty();
    assertThat(defaults.dnsServers()).isEmpty();
    assertThat(defaults.dnsTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TargetSettings(List.of(), Map.of(), List.of(), Duration.ZERO, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TargetSettings(
                    List.of(), Map.of(), List.of(), Duration.ofNanos(-1), List.of()));
  }
}
