package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.NamedTarget;
import dev.sluice.target.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

  @Test
  void rulesAreReadInTheirOrderWithAllTheyHold() {
    List<Rule> rules =
        Sources.file(
                """
                rules:
                  - {allow: true, roles: [ops], hosts: ["*.db.corp.example"], networks: [10.20.0.0/16], ports: [22, 8000-8100]}
                  - {deny: true, networks: [10.66.0.0/16]}
                  - {allow: true, networks: [public, "fd00::/8"]}
                """)
            .load()
            .target()
            .rules();
    assertThat(rules)
        .extracting(Rule::toString)
        .containsExactly(
            "{allow: true, roles: [ops], hosts: [*.db.corp.example], networks: [10.20.0.0/16],"
                + " ports: [22, 8000-8100]}",
            "{deny: true, networks: [10.66.0.0/16]}",
            "{allow: true, networks: [public, fd00::/8]}");
  }

  @Test
  void namedTargetsAreReadWithAllTheyHold() {
    var targets =
        Sources.file(
                """
                targets:
                  pg-main: {address: "10.20.1.5:5432", roles: [dba], protocol: postgres}
                  six: {address: "[fd00::1]:22"}
                """)
            .load()
            .target()
            .targets();
    assertThat(targets.get("pg-main"))
        .isEqualTo(NamedTarget.parse("pg-main", "10.20.1.5:5432", List.of("dba"), "postgres"));
    assertThat(targets.get("six"))
        .isEqualTo(NamedTarget.parse("six", "[fd00::1]:22", List.of(), null));
  }

  @Test
  void onlyARuleThatAllowsOrATargetEndsRefusingEverything() {
    assertThat(Sources.none().load().refusesEverything()).isTrue();
    assertThat(Sources.file("rules: []").load().refusesEverything()).isTrue();
    assertThat(Sources.file("rules: [{deny: true}]").load().refusesEverything()).isTrue();
    assertThat(
            Sources.file("rules: [{allow: true, networks: [public]}]").load().refusesEverything())
        .isFalse();
    assertThat(Sources.file("targets: {a: {address: \"h:1\"}}").load().refusesEverything())
        .isFalse();
  }

  @Test
  void theExampleInTheHintIsValidAndAllows() {
    String hint = Configuration.HOW_TO_ALLOW;
    String example = hint.substring(hint.indexOf("rules:"));
    assertThat(Sources.file(example).load().refusesEverything()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rules: {allow: true} | sluice.yaml:1 rules: is a section with keys where a list belongs",
        "rules: | rules: is nothing where a list belongs",
        "rules: [allow] | rules[0]: is one value where allow, deny, hosts, mode, networks, ports, roles belong",
        "rules: [{networks: [public]}] | rules[0]: neither allows nor denies",
        "rules: [{allow: true, deny: true}] | rules[0]: both allows and denies",
        "rules: [{allow: false, networks: [public]}] | neither allows nor denies; write either allow: true or deny: true",
        "rules: [{allow: yes, networks: [public]}] | rules[0].allow: \"yes\" is neither true nor false",
        "rules: [{allow: true}] | a rule that allows needs hosts or networks; networks: [public] is",
        "rules: [{allow: true, hosts: []}] | rules[0].hosts: is an empty list; write at least one",
        "rules: [{deny: true, ports: []}] | rules[0].ports: is an empty list",
        "rules: [{deny: true, host: [a]}] | rules[0].host: is not a known key; did you mean hosts?",
        "rules: [{deny: true, hosts: a.example}] | rules[0].hosts: is one value where a list belongs",
        "rules: [{deny: true, hosts: [10.0.0.1]}] | rules[0].hosts[0]: '10.0.0.1' is an address",
        "rules: [{deny: true, hosts: ['a*.example']}] | rules[0].hosts[0]: ",
        "rules: [{deny: true, networks: [10.0.0.0/33]}] | rules[0].networks[0]: '10.0.0.0/33' needs a prefix length",
        "rules: [{deny: true, networks: [private]}] | 'private' is not an IP address; write public, an address",
        "rules: [{deny: true, ports: [0]}] | rules[0].ports[0]: port '0' is not a number from 1 to 65535",
        "rules: [{deny: true, ports: [9-8]}] | runs backwards",
        "rules: [{deny: true, ports: [[22]]}] | rules[0].ports[0]: is a list where one value belongs",
        "rules: [{deny: true, roles: ['a b']}] | rules[0].roles[0]: \"a b\" is not a role",
        "targets: [a] | targets: is a list where names with targets belong",
        "targets: {a: h:1} | targets.a: is one value where address, protocol, roles belong",
        "targets: {a: {roles: [x]}} | targets.a: has no address; add address",
        "targets: {a: {address: h}} | targets.a.address: 'h' is not host:port; write host:port",
        "targets: {a: {address: '::1:22'}} | an IPv6 address goes in brackets",
        "targets: {a: {address: 'h:0'}} | targets.a.address: port '0'",
        "targets: {a: {address: 'h:1', protcol: x}} | targets.a.protcol: is not a known key; did you mean protocol?",
        "targets: {'a/b': {address: 'h:1'}} | targets.a/b: target name 'a/b' is not",
        "targets: {a: {address: 'h:1', roles: []}} | targets.a.roles: is an empty list",
      })
  void whatIsWrongIsReportedOnceWhereItStands(String yaml, String problem) {
    assertThat(Sources.file(yaml).problems())
        .singleElement()
        .asString()
        .startsWith("sluice.yaml:1 ")
        .contains(problem);
  }

  @Test
  void eachWrongRuleAndTargetNamesItsOwnLine() {
    assertThat(
            Sources.file(
                    """
                    rules:
                      - allow: true
                        networks:
                          - 10.0.0.0/8
                          - 10.0.0.1/8
                      - {deny: true}
                      - {}
                    targets:
                      ok: {address: "h:1"}
                      wrong:
                        address: h
                    """)
                .problems())
        .hasSize(3)
        .anyMatch(p -> p.startsWith("sluice.yaml:5 rules[0].networks[1]: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:7 rules[2]: neither"))
        .anyMatch(p -> p.startsWith("sluice.yaml:11 targets.wrong.address: "));
  }

  @Test
  void aTargetGivenTwiceIsReported() {
    assertThat(
            Sources.file("targets:\n  a: {address: \"h:1\"}\n  a: {address: \"h:2\"}\n").problems())
        .containsExactly(
            "sluice.yaml:3 targets.a: is given twice, first in line 2; keep one of the two");
  }
}
