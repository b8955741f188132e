package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.Decision.Allowed;
import org.junit.jupiter.api.Test;

/** A rule of mode shadow: what it would have done is said, and nothing else changes. */
class ShadowRuleTest {
  private final Policies policies = new Policies();

  @Test
  void aShadowDenialDeniesNothingAndIsTold() {
    policies.allow("", "10.0.0.0/8").shadow(false, "", "10.66.0.0/16");
    Decision decision = policies.decide("10.66.0.1:22");
    assertThat(decision).isInstanceOf(Allowed.class);
    assertThat(decision.shadow())
        .containsExactly(
            "would have been denied by"
                + " rules[1] {deny: true, networks: [10.66.0.0/16], mode: shadow}");
    assertThat(policies.decide("10.65.0.1:22").shadow()).isEmpty();
    assertThat(policies.stillAllows(decision)).isTrue();
  }

  @Test
  void aShadowPermissionPermitsNothingAndIsTold() {
    policies.shadow(true, "", "10.0.0.0/8");
    Decision decision = policies.decide("10.1.2.3:22");
    assertThat(decision).isNotInstanceOf(Allowed.class);
    assertThat(decision.shadow())
        .containsExactly(
            "would have been allowed by"
                + " rules[0] {allow: true, networks: [10.0.0.0/8], mode: shadow}");
  }

  @Test
  void noNameIsLookedUpForAShadowAlone() {
    policies.shadow(true, "*.example.com", "public").name("a.example.com", "8.8.8.8");
    Decision decision = policies.decide("a.example.com:22");
    assertThat(decision.shadow()).singleElement().asString().startsWith("might have been allowed");
    assertThat(policies.lookups).isEmpty();
  }

  @Test
  void whatADenialRefusesNoShadowWouldHaveAllowed() {
    policies.deny("", "10.0.0.0/8").shadow(true, "", "10.0.0.0/8");
    assertThat(policies.decide("10.1.2.3:22").shadow()).isEmpty();
  }

  @Test
  void aShadowPermissionIsNotToldWhereItDoesNotMatch() {
    policies.shadow(true, "a.example.com", "");
    assertThat(policies.decide("b.example.com:22").shadow()).isEmpty();
    policies.shadow(true, "", "10.0.0.0/8");
    assertThat(policies.decide("11.1.1.1:22").shadow()).isEmpty();
  }

  @Test
  void aShadowDenialPermitsNothingEither() {
    policies.shadow(false, "", "10.0.0.0/8");
    assertThat(policies.decide("10.1.2.3:22").shadow()).isEmpty();
  }

  @Test
  void aDenialOfSomethingElseHidesNoShadow() {
    policies.deny("", "10.66.0.0/16").shadow(true, "", "10.0.0.0/8");
    assertThat(policies.decide("10.1.2.3:22").shadow()).hasSize(1);
    assertThat(policies.decide("10.66.2.3:22").shadow()).isEmpty();
  }
}
