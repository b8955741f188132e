package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.Explanation.Considered;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What administrators are told: every rule, what of it does not match, every address. */
class ExplanationTest {
  private final Policies policies = new Policies();

  @Test
  void eachRuleSaysWhatOfItDoesNotMatch() {
    policies
        .caller("ops")
        .rule(true, "dba", "", "10.0.0.0/8", "")
        .rule(true, "", "", "10.0.0.0/8", "5432")
        .rule(true, "", "*.other.example", "10.0.0.0/8", "")
        .rule(true, "", "", "10.2.0.0/16", "")
        .rule(false, "", "evil.example", "", "")
        .rule(false, "", "", "10.3.0.0/16", "")
        .rule(true, "ops", "db.corp.example", "10.0.0.0/8", "22")
        .name("db.corp.example", "10.1.2.3");
    Explanation found = policies.explain("db.corp.example:22");
    assertThat(found.isAllowed()).isTrue();
    assertThat(found.because()).startsWith("rules[6] {allow: true");
    assertThat(found.answers()).hasToString("[10.1.2.3 (private)]");
    assertThat(found.rules())
        .extracting(Considered::why)
        .containsExactly(
            "the caller has none of its roles",
            "the port is none of its ports",
            "the host matches none of its hosts",
            "none of its networks admits 10.1.2.3 (private)",
            "no name on the way matches one of its hosts",
            "no address lies in one of its networks",
            "");
  }

  @Test
  void itLooksUpWhatACallersRequestWouldNot() {
    policies.name("db.corp.example", "10.1.2.3 8.8.8.8", "alias.corp.example");
    Explanation found = policies.explain("db.corp.example:22");
    assertThat(found.isAllowed()).isFalse();
    assertThat(found.answers()).hasToString("[10.1.2.3 (private), 8.8.8.8 (public)]");
    assertThat(found.aliases()).containsExactly("alias.corp.example");
  }

  @Test
  void aNameWithoutAnAddressSaysWhy() {
    policies.allow("", "public");
    Explanation found = policies.explain("nowhere.example.com:22");
    assertThat(found.lookupFailure()).isEqualTo("no such name");
    assertThat(found.because()).isEqualTo("no such name");
    assertThat(found.rules().get(0).why()).isEqualTo("there is no address to look at");
  }

  @Test
  void aDenialNamesItsRule() {
    policies.allow("", "10.0.0.0/8").deny("", "10.1.0.0/16");
    assertThat(policies.explain("10.1.2.3:22").because())
        .isEqualTo("a rule denies it: rules[1] {deny: true, networks: [10.1.0.0/16]}");
  }

  @Test
  void whatIsRefusedWithoutALookupIsNotRefusedForItsAddresses() {
    Explanation lost = policies.explain("nowhere.example.com:22");
    assertThat(lost.lookupFailure()).isEqualTo("no such name");
    assertThat(lost.because()).isEqualTo("no rule allows this host, port and caller");
    policies.target("pg", "10.0.0.1:5432", "dba");
    Explanation foreign = policies.explainTarget("pg");
    assertThat(foreign.because()).isEqualTo("the caller has none of the target's roles: target pg");
    assertThat(foreign.answers()).hasToString("[10.0.0.1 (private)]");
    assertThat(foreign.target()).hasToString(HostPort.parse("10.0.0.1:5432").toString());
  }

  @Test
  void aRuleForEverythingPublicSaysWhatItDoesNotMean() {
    policies.allow("", "public").name("db.internal", "8.8.8.8").name("a.example.com", "8.8.8.8");
    String why = "without hosts, its networks do not speak of names of the inside";
    assertThat(policies.explain("db.internal:22").rules().get(0).why()).startsWith(why);
    assertThat(policies.explain("a.example.com:25").rules().get(0).why()).startsWith(why);
    assertThat(policies.explain("a.example.com:22").rules().get(0).matches()).isTrue();
  }

  @Test
  void ofAnUnknownTargetThereIsNothingToSay() {
    Explanation found = policies.explainTarget("pg");
    assertThat(found.target()).isNull();
    assertThat(found.because()).isEqualTo("no target has this name");
  }

  /** Whatever it explains, it is what would be decided. */
  @Property(tries = 200)
  void itIsTheDecision(
      @ForAll boolean allow,
      @ForAll boolean deny,
      @ForAll @IntRange(max = 3) int which,
      @ForAll boolean shadow) {
    Policies some = new Policies().name("a.example.com", "8.8.8.8").name("b.corp", "10.1.1.1");
    some.rule(allow, "", "*.example.com", "public", "");
    some.rule(!deny, "", "", "10.0.0.0/8", "22");
    some.shadow(shadow, "", "8.8.0.0/16");
    String target =
        new String[] {"a.example.com:22", "b.corp:22", "10.1.1.1:23", "8.8.8.8:22"}[which];
    assertThat(some.explain(target).decision()).isEqualTo(some.decide(target));
  }
}
