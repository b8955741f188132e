package dev.sluice.target;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the rules are asked about. Before the lookup there are no answers and no aliases.
 *
 * @param target host and port
 * @param aliases the names that the lookup went through
 * @param answers the addresses that it ended at
 * @param hasRole whether the caller has a role
 */
record Subject(
    HostPort target, List<String> aliases, List<Answer> answers, Predicate<String> hasRole) {

  /** Whether an allowing rule matches, with every answer. */
  boolean isAllowedBy(Rule rule) {
    return couldBeAllowedBy(rule)
        && !answers.isEmpty()
        && answers.stream()
            .allMatch(answer -> usable(rule).anyMatch(network -> network.admits(answer)));
  }

  /** Whether an allowing rule matches in all but the answers, so that a lookup could matter. */
  boolean couldBeAllowedBy(Rule rule) {
    return isOneOf(rule)
        && (rule.hosts().isEmpty()
            || rule.hosts().stream().anyMatch(pattern -> pattern.matches(target.host())))
        && usable(rule).findAny().isPresent();
  }

  /** Whether a denying rule matches: any name on the way and any answer is enough. */
  boolean isDeniedBy(Rule rule) {
    return isOneOf(rule)
        && (rule.hosts().isEmpty()
            || rule.hosts().stream().anyMatch(pattern -> names().anyMatch(pattern::matches)))
        && (rule.networks().isEmpty()
            || rule.networks().stream()
                .anyMatch(
                    network -> answers.stream().map(Answer::address).anyMatch(network::contains)));
  }

  /** Whether roles and port are among the rule's. */
  private boolean isOneOf(Rule rule) {
    return (rule.roles().isEmpty() || rule.roles().stream().anyMatch(hasRole))
        && (rule.ports().isEmpty()
            || rule.ports().stream().anyMatch(range -> range.contains(target.port())));
  }

  /** The networks of an allowing rule that mean anything for this name and port. */
  private Stream<NetworkPattern> usable(Rule rule) {
    if (rule.networks().isEmpty()) {
      return Stream.of(NetworkPattern.PUBLIC);
    }
    boolean narrow =
        names().anyMatch(RestrictedNames::contains)
            || (rule.ports().isEmpty() && AbusePronePorts.contains(target.port()));
    return rule.networks().stream()
        .filter(network -> !rule.hosts().isEmpty() || !narrow || !network.isBroad());
  }

  private Stream<String> names() {
    return target.host() instanceof Host.Name name
        ? Stream.concat(Stream.of(name.text()), aliases.stream())
        : Stream.empty();
  }
}
