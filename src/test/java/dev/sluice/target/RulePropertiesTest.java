package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every set of rules: deny beats allow, wherever either stands. */
class RulePropertiesTest {

  private static final List<String> TARGETS =
      List.of(
          "10.1.2.3:22",
          "10.1.2.3:5432",
          "10.66.0.1:22",
          "127.0.0.1:80",
          "169.254.169.254:80",
          "db.corp.example:22",
          "www.example.com:443");

  /** A rule in the words of {@link Policies}. */
  record Words(boolean allow, String roles, String hosts, String networks, String ports) {
    void addTo(Policies policies) {
      policies.rule(allow, roles, hosts, networks, ports);
    }
  }

  @Provide
  Arbitrary<Words> rules() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of("", "", "ops", "dba"),
            Arbitraries.of("", "", "*.corp.example", "www.example.com"),
            Arbitraries.of("10.0.0.0/8", "10.66.0.0/16", "127.0.0.0/8", "0.0.0.0/0", "public"),
            Arbitraries.of("", "", "22", "1-1024"))
        .as(Words::new);
  }

  @Provide
  Arbitrary<List<Words>> sets() {
    return rules().list().ofMaxSize(8);
  }

  private static Policies policies(List<Words> rules) {
    Policies policies =
        new Policies()
            .caller("ops")
            .name("db.corp.example", "10.1.2.3")
            .name("www.example.com", "8.8.8.8");
    rules.forEach(rule -> rule.addTo(policies));
    return policies;
  }

  private static List<Words> with(List<Words> rules, Words one, int at) {
    List<Words> more = new ArrayList<>(rules);
    more.add(Math.floorMod(at, rules.size() + 1), one);
    return more;
  }

  @Property(tries = 300)
  void theOrderOfRulesSaysNothing(@ForAll("sets") List<Words> rules, @ForAll Random random) {
    List<Words> shuffled = new ArrayList<>(rules);
    Collections.shuffle(shuffled, random);
    for (String target : TARGETS) {
      assertThat(policies(shuffled).allows(target)).isEqualTo(policies(rules).allows(target));
    }
  }

  @Property(tries = 300)
  void oneMoreAllowingRuleTakesNothingAwayAndOneMoreDenyingRuleAllowsNothing(
      @ForAll("sets") List<Words> rules, @ForAll("rules") Words one, @ForAll int at) {
    for (String target : TARGETS) {
      boolean before = policies(rules).allows(target);
      boolean after = policies(with(rules, one, at)).allows(target);
      assertThat(one.allow ? after || !before : before || !after).as(target).isTrue();
    }
  }

  @Property(tries = 300)
  void whatARuleDeniesByItselfNoOtherAllows(
      @ForAll("sets") List<Words> rules, @ForAll("rules") Words one, @ForAll int at) {
    Words denying = new Words(false, one.roles, one.hosts, one.networks, one.ports);
    for (String target : TARGETS) {
      boolean denied =
          policies(List.of(denying)).decide(target) instanceof Decision.Denied alone
              && alone.reason() == Decision.Reason.DENY_RULE;
      if (denied) {
        assertThat(policies(with(rules, denying, at)).allows(target)).as(target).isFalse();
      }
    }
  }

  @Property(tries = 300)
  void noSetOfRulesAllowsTheMetadataAddress(@ForAll("sets") List<Words> rules) {
    assertThat(policies(rules).allows("169.254.169.254:80")).isFalse();
  }
}
