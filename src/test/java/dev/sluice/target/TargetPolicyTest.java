package dev.sluice.target;

import static dev.sluice.target.Policies.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.Decision.Allowed;
import dev.sluice.target.Decision.Denied;
import dev.sluice.target.Decision.Reason;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
  private final Policies policies = new Policies();

  @Test
  void whatNoRuleAllowsIsRefusedWithoutALookup() {
    assertThat(reason(policies.decide("a.example.com:22"))).isEqualTo(Reason.NO_RULE);
    assertThat(reason(policies.decide("8.8.8.8:22"))).isEqualTo(Reason.NO_RULE);
    assertThat(policies.lookups).isEmpty();
  }

  @Test
  void anAllowedNameIsPinnedToEveryAnswerInItsOrder() {
    policies.allow("", "public").name("a.example.com", "8.8.8.8 2600::1 ::ffff:8.8.8.8 1.1.1.1");
    Allowed allowed = (Allowed) policies.decide("A.Example.com.:443");
    assertThat(allowed.pinned())
        .extracting(InetSocketAddress::getHostString)
        .containsExactly("8.8.8.8", "2600::1", "1.1.1.1");
    assertThat(allowed.target().text()).isEqualTo("a.example.com:443");
    assertThat(allowed.rule()).isEqualTo("rules[0] {allow: true, networks: [public]}");
    assertThat(policies.lookups).containsExactly("a.example.com");
  }

  @Test
  void aPeerIsPinnedByAddressAndPort() {
    Allowed allowed = (Allowed) policies.allow("", "public").decide("8.8.8.8:443");
    assertThat(allowed.pins(new InetSocketAddress("8.8.8.8", 443))).isTrue();
    assertThat(allowed.pins(new InetSocketAddress("8.8.8.8", 444))).isFalse();
    assertThat(allowed.pins(new InetSocketAddress("8.8.4.4", 443))).isFalse();
    assertThat(allowed.pins(InetSocketAddress.createUnresolved("8.8.8.8", 443))).isFalse();
    assertThat(allowed.pins(UnixDomainSocketAddress.of("8.8.8.8"))).isFalse();
  }

  @Test
  void denyBeatsAllowWhereverItStands() {
    policies.allow("", "10.0.0.0/8").deny("", "10.66.0.0/16");
    assertThat(policies.allows("10.65.0.1:22")).isTrue();
    Denied denied = (Denied) policies.decide("10.66.0.1:22");
    assertThat(denied.reason()).isEqualTo(Reason.DENY_RULE);
    assertThat(denied.rule()).isEqualTo("rules[1] {deny: true, networks: [10.66.0.0/16]}");
    assertThat(denied.answers()).hasToString("[10.66.0.1 (private)]");
  }

  @Test
  void oneDeniedAnswerOfSeveralIsEnough() {
    policies.allow("", "public").deny("", "8.8.8.0/24").name("a.example.com", "1.1.1.1 8.8.8.8");
    assertThat(reason(policies.decide("a.example.com:443"))).isEqualTo(Reason.DENY_RULE);
  }

  @Test
  void aDenyingRuleSeesTheAliasesAnAllowingRuleDoesNot() {
    policies.name("a.example.com", "8.8.8.8", "evil.example.net");
    policies.allow("a.example.com", "");
    assertThat(policies.allows("a.example.com:443")).isTrue();
    policies.allow("*.example.net", "").deny("evil.example.net", "");
    assertThat(reason(policies.decide("a.example.com:443"))).isEqualTo(Reason.DENY_RULE);

    Policies byAlias = new Policies().name("b.example.com", "8.8.8.8", "cdn.example.net");
    assertThat(byAlias.allow("cdn.example.net", "").allows("b.example.com:443")).isFalse();
  }

  @Test
  void aDenyingRuleWithoutAnythingDeniesEverything() {
    policies.allow("", "public").deny("", "");
    assertThat(policies.allows("8.8.8.8:443")).isFalse();
  }

  @Test
  void aDenyingRuleIsForItsRolesAndPortsOnly() {
    policies.allow("", "public").rule(false, "guest", "", "", "22");
    assertThat(policies.caller("guest").allows("8.8.8.8:22")).isFalse();
    assertThat(policies.caller("guest").allows("8.8.8.8:23")).isTrue();
    assertThat(policies.caller("ops").allows("8.8.8.8:22")).isTrue();
  }

  @Test
  void hostsAndNetworksMustBothMatch() {
    policies
        .allow("*.db.corp", "10.20.0.0/16")
        .name("a.db.corp", "10.20.0.1")
        .name("b.db.corp", "10.21.0.1")
        .name("c.db.corp", "10.20.0.1 10.21.0.1")
        .name("a.web.corp", "10.20.0.1");
    assertThat(policies.allows("a.db.corp:5432")).isTrue();
    assertThat(policies.allows("b.db.corp:5432")).isFalse();
    assertThat(policies.allows("c.db.corp:5432")).isFalse();
    assertThat(policies.allows("a.web.corp:5432")).isFalse();
    assertThat(policies.allows("10.20.0.1:5432")).isFalse();
    assertThat(policies.lookups).doesNotContain("a.web.corp");
  }

  @Test
  void hostsAloneMeanPublicAnswers() {
    policies.allow("a.example.com x.internal", "").name("x.internal", "8.8.8.8");
    assertThat(policies.name("a.example.com", "8.8.8.8").allows("a.example.com:25")).isTrue();
    assertThat(policies.allows("x.internal:443")).isTrue();
    assertThat(reason(policies.name("a.example.com", "10.0.0.1").decide("a.example.com:25")))
        .isEqualTo(Reason.ADDRESS_CLASS);
  }

  @Test
  void rolesAndPortsMustMatch() {
    policies.rule(true, "ops dba", "", "10.0.0.0/8", "22 5432-5433");
    assertThat(policies.caller("dba").allows("10.0.0.1:5433")).isTrue();
    assertThat(policies.caller("dba").allows("10.0.0.1:5434")).isFalse();
    assertThat(policies.caller("guest").allows("10.0.0.1:22")).isFalse();
    assertThat(policies.caller().allows("10.0.0.1:22")).isFalse();
  }

  @Test
  void oneRuleMustAllowEveryAnswer() {
    policies.allow("", "10.0.0.0/8").allow("", "172.16.0.0/12");
    policies.name("a.example.com", "10.0.0.1 172.16.0.1");
    assertThat(policies.allows("a.example.com:22")).isFalse();
    assertThat(policies.allow("", "10.0.0.0/8 172.16.0.0/12").allows("a.example.com:22")).isTrue();
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "10.0.0.0/8, 10.1.1.1, true",
    "10.1.1.1, 10.1.1.1, true",
    "100.64.0.0/10, 100.64.0.1, true",
    "100.64.0.0/10, 100.100.100.200, false",
    "fc00::/7, fd12::1, true",
    "fd00::/8, fd00:ec2::254, false",
    "127.0.0.0/8, 127.0.0.1, true",
    "::1, ::1, true",
    "127.0.0.0/8, ::1, false",
    "0.0.0.0/0, 10.1.1.1, false",
    "0.0.0.0/0, 127.0.0.1, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2600::1, false",
    "::/0, 2600::1, true",
    "::/0, ::1, false",
    "::/0, fd12::1, false",
    "::/0, 8.8.8.8, false",
    "10.0.0.0/7, 10.1.1.1, false",
    "10.0.0.0/7, 11.1.1.1, true",
    "public, 10.1.1.1, false",
    "public 10.0.0.0/8, 10.1.1.1, true",
    "169.254.0.0/16, 169.254.1.1, false",
    "169.254.169.254, 169.254.169.254, false",
    "168.63.129.16, 168.63.129.16, false",
    "fe80::/10, fe80::1, false",
    "224.0.0.0/4, 224.0.0.1, false",
    "192.0.2.0/24, 192.0.2.1, false",
    "0.0.0.0/8, 0.0.0.0, false",
    "2002::/16, 2002:808:808::1, false"
  })
  void aNetworkLiftsOnlyTheClassWhoseBlockItLiesIn(
      String networks, String address, boolean allowed) {
    HostPort target = new HostPort(Host.parse(address), 443);
    assertThat(policies.allow("", networks).allows(target.text())).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.internal",
        "x.local",
        "x.lan",
        "x.home.arpa",
        "x.onion",
        "x.corp",
        "localhost",
        "x.localhost",
        "wpad",
        "x.test",
        "metadata.packet.net",
        "x.metadata.packet.net"
      })
  void everythingPublicDoesNotMeanPrivateNames(String name) {
    policies.name(name, "8.8.8.8").allow("", "public").allow("", "0.0.0.0/0");
    assertThat(reason(policies.decide(name + ":443"))).isEqualTo(Reason.NO_RULE);
    assertThat(policies.lookups).isEmpty();
    assertThat(policies.allow("", "8.8.8.0/24").allows(name + ":443")).isTrue();
  }

  @Test
  void everythingPublicDoesNotMeanNamesThatGoThroughAPrivateOne() {
    policies.allow("", "public").name("a.example.com", "8.8.8.8", "db.corp.internal");
    assertThat(reason(policies.decide("a.example.com:443"))).isEqualTo(Reason.NO_RULE);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        25, 465, 587, 2525, 19, 111, 135, 136, 139, 161, 179, 445, 2049, 2375, 2379, 6000, 9100,
        10250, 11211
      })
  void everythingPublicDoesNotMeanAbusePronePortsUnlessItNamesThem(int port) {
    assertThat(policies.allow("", "public").allows("8.8.8.8:" + port)).isFalse();
    policies.rule(true, "", "", "public", "1-65535");
    assertThat(policies.allows("8.8.8.8:" + port)).isTrue();
  }

  @Test
  void aNameThatFailsOrHasNoAddressIsUnresolved() {
    policies.allow("", "public").name("empty.example.com", "");
    assertThat(reason(policies.decide("no.example.com:443"))).isEqualTo(Reason.UNRESOLVED);
    assertThat(reason(policies.decide("empty.example.com:443"))).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void aDenialOfTheNameComesBeforeTheLookup() {
    policies.allow("", "public").deny("a.example.com", "").name("a.example.com", "8.8.8.8");
    assertThat(reason(policies.decide("a.example.com:443"))).isEqualTo(Reason.DENY_RULE);
    assertThat(policies.lookups).isEmpty();
  }

  @Test
  void itsReasonsHaveTheWordsThatRecordsSay() {
    assertThat(Reason.values())
        .extracting(Reason::word)
        .containsExactly(
            "unknown_target", "role", "deny_rule", "no_rule", "unresolved", "address_class");
  }
}
