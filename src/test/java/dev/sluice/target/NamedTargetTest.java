package dev.sluice.target;

import static dev.sluice.target.Policies.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.Decision.Allowed;
import dev.sluice.target.Decision.Reason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Named targets, and what a change of the configuration does to tunnels that are open. */
class NamedTargetTest {
  private final Policies policies = new Policies();

  @ParameterizedTest
  @ValueSource(strings = {"10.20.1.5", "127.0.0.1", "[fd12::1]", "8.8.8.8"})
  void isPermissionByItself(String host) {
    Allowed allowed = (Allowed) policies.target("pg", host + ":5432", "").open("pg");
    assertThat(allowed.target().text()).isEqualTo(host + ":5432");
    assertThat(allowed.protocol()).isEqualTo("postgres");
    assertThat(allowed.rule()).isEqualTo("target pg");
    assertThat(allowed.requested().text()).isEqualTo("pg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.1.1", "169.254.169.254", "[fe80::1]", "0.0.0.0", "224.0.0.1"})
  void liftsNothingThatIsNeverLifted(String host) {
    policies.target("t", host + ":80", "");
    assertThat(reason(policies.open("t"))).isEqualTo(Reason.ADDRESS_CLASS);
  }

  @Test
  void isNoPermissionByHostAndPort() {
    policies.target("pg", "10.20.1.5:5432", "");
    assertThat(reason(policies.decide("10.20.1.5:5432"))).isEqualTo(Reason.NO_RULE);
  }

  @Test
  void isForItsRoles() {
    policies.target("pg", "10.20.1.5:5432", "dba");
    assertThat(policies.caller("dba").open("pg")).isInstanceOf(Allowed.class);
    assertThat(reason(policies.caller("ops").open("pg"))).isEqualTo(Reason.ROLE);
  }

  @Test
  void anUnknownNameIsADenialWhateverItsText() {
    assertThat(reason(policies.open("nope"))).isEqualTo(Reason.UNKNOWN_TARGET);
    assertThat(policies.open("a\r\nb").requested().text()).isEqualTo("'a\\u000d\\u000ab'");
  }

  @Test
  void aDenyingRuleBeatsIt() {
    policies.target("pg", "db.corp.internal:5432", "").name("db.corp.internal", "10.66.0.1");
    assertThat(policies.open("pg")).isInstanceOf(Allowed.class);
    assertThat(reason(policies.deny("", "10.66.0.0/16").open("pg"))).isEqualTo(Reason.DENY_RULE);
  }

  @Test
  void everyAnswerOfItsNameIsChecked() {
    policies.target("pg", "db.corp.internal:5432", "");
    policies.name("db.corp.internal", "10.0.0.1 169.254.169.254");
    assertThat(reason(policies.open("pg"))).isEqualTo(Reason.ADDRESS_CLASS);
  }

  @Test
  void anOpenTunnelStaysAllowedByTheSameRulesWithoutALookup() {
    policies.allow("", "public").name("a.example.com", "8.8.8.8");
    Decision open = policies.decide("a.example.com:443");
    policies.name("a.example.com", "10.0.0.1");
    assertThat(policies.stillAllows(open)).isTrue();
    assertThat(policies.lookups).hasSize(1);
  }

  @Test
  void anOpenTunnelIsRevokedByANewDenialOfItsPinnedAddress() {
    Decision open =
        policies.allow("", "public").name("a.example.com", "8.8.8.8").decide("a.example.com:443");
    assertThat(policies.deny("", "8.8.8.8").stillAllows(open)).isFalse();
  }

  @Test
  void anOpenTunnelIsRevokedByANewDenialOfAnAliasItCameThrough() {
    policies.allow("", "public").name("a.example.com", "8.8.8.8", "cdn.example.net");
    Decision open = policies.decide("a.example.com:443");
    assertThat(policies.deny("*.example.net", "").stillAllows(open)).isFalse();
  }

  @Test
  void anOpenTunnelIsRevokedWithItsRuleItsRoleOrItsFront() {
    Policies before = new Policies().rule(true, "ops", "", "10.0.0.0/8", "").caller("ops");
    Decision open = before.decide("10.0.0.1:22");
    assertThat(policies.stillAllows(open)).isFalse();
    assertThat(before.caller("guest").stillAllows(open)).isFalse();
    assertThat(before.caller("ops").stillAllows(open)).isTrue();
    assertThat(before.front("10.0.0.1").stillAllows(open)).isFalse();
  }

  @Test
  void anOpenNamedTunnelIsRevokedWhenItsTargetGoesMovesOrChangesItsRoles() {
    Decision open = policies.target("pg", "10.0.0.1:5432", "dba").caller("dba").open("pg");
    assertThat(policies.stillAllows(open)).isTrue();
    assertThat(new Policies().caller("dba").stillAllows(open)).isFalse();
    assertThat(policies.target("pg", "10.0.0.1:5432", "ops").stillAllows(open)).isFalse();
    assertThat(policies.target("pg", "10.0.0.2:5432", "dba").stillAllows(open)).isFalse();
  }

  @Test
  void whatIsPinnedNeverNeedsAName() {
    Allowed allowed = (Allowed) policies.target("pg", "10.0.0.1:5432", "").open("pg");
    InetSocketAddress pinned = allowed.pinned().get(0);
    assertThat(pinned.isUnresolved()).isFalse();
    assertThat(pinned.getHostName()).isEqualTo("10.0.0.1");
  }

  @Test
  void aCallerIsShownByNameWhatItMayOpenAsFarAsNoLookupIsNeeded() {
    policies
        .target("web", "www.example.com:443", "")
        .target("pg", "10.0.0.1:5432", "dba ops")
        .target("admin", "10.0.0.2:22", "admin")
        .target("evil", "evil.example.net:80", "")
        .target("far", "10.66.0.1:80", "")
        .deny("*.example.net", "");
    List<NamedTarget> shown = policies.policy().targetsFor("ops"::equals);
    assertThat(shown).extracting(NamedTarget::name).containsExactly("far", "pg", "web");
    assertThat(policies.lookups).isEmpty();
  }

  @Test
  void theRolesThatAnybodyAsksAboutAreThoseOfRulesAndTargets() {
    policies
        .target("pg", "10.0.0.1:5432", "dba ops")
        .rule(true, "ops", "", "10.0.0.0/8", "")
        .rule(false, "guest", "", "", "");
    assertThat(policies.policy().rolesAsked()).containsExactlyInAnyOrder("dba", "ops", "guest");
  }

  @Test
  void aDecisionTakesNoLongerThanItsLookupMay() {
    assertThat(policies.policy().lookupTimeout()).isEqualTo(Duration.ofSeconds(1));
  }
}
