package dev.sluice.target;

import java.util.List;
import java.util.Optional;
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
    return whyNotAllowedBy(rule).isEmpty();
  }

  /** Whether an allowing rule matches in all but the answers, so that a lookup could matter. */
  boolean couldBeAllowedBy(Rule rule) {
    return whyNeverAllowedBy(rule).isEmpty();
  }

  /** Whether a denying rule matches: any name on the way and any answer is enough. */
  boolean isDeniedBy(Rule rule) {
    return whyNotDeniedBy(rule).isEmpty();
  }

  /** What of a rule does not match, in words for an administrator; empty where all does. */
  Optional<String> whyNot(Rule rule) {
    return rule.allow() ? whyNotAllowedBy(rule) : whyNotDeniedBy(rule);
  }

  private Optional<String> whyNotAllowedBy(Rule rule) {
    Optional<String> never = whyNeverAllowedBy(rule);
    if (never.isPresent()) {
      return never;
    }
    if (answers.isEmpty()) {
      return Optional.of("there is no address to look at");
    }
    List<NetworkPattern> networks = usable(rule);
    for (Answer answer : answers) {
      if (!isAdmittedBy(networks, answer)) {
        return Optional.of("none of its networks admits " + answer);
      }
    }
    return Optional.empty();
  }

  private static boolean isAdmittedBy(List<NetworkPattern> networks, Answer answer) {
    for (NetworkPattern network : networks) {
      if (network.admits(answer)) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> whyNeverAllowedBy(Rule rule) {
    Optional<String> other = whyNotOneOf(rule);
    if (other.isPresent()) {
      return other;
    }
    if (!rule.hosts().isEmpty()
        && rule.hosts().stream().noneMatch(pattern -> pattern.matches(target.host()))) {
      return Optional.of("the host matches none of its hosts");
    }
    return usable(rule).isEmpty()
        ? Optional.of(
            "without hosts, its networks do not speak of names of the inside, nor without ports of"
                + " ports that are often abused")
        : Optional.empty();
  }

  private Optional<String> whyNotDeniedBy(Rule rule) {
    Optional<String> other = whyNotOneOf(rule);
    if (other.isPresent()) {
      return other;
    }
    if (!rule.hosts().isEmpty()
        && rule.hosts().stream().noneMatch(pattern -> names().anyMatch(pattern::matches))) {
      return Optional.of("no name on the way matches one of its hosts");
    }
    boolean inside =
        rule.networks().isEmpty()
            || rule.networks().stream()
                .anyMatch(
                    network -> answers.stream().map(Answer::address).anyMatch(network::contains));
    return inside ? Optional.empty() : Optional.of("no address lies in one of its networks");
  }

  /** Whether roles and port are among the rule's. */
  private Optional<String> whyNotOneOf(Rule rule) {
    if (!rule.roles().isEmpty() && rule.roles().stream().noneMatch(hasRole)) {
      return Optional.of("the caller has none of its roles");
    }
    boolean port =
        rule.ports().isEmpty()
            || rule.ports().stream().anyMatch(range -> range.contains(target.port()));
    return port ? Optional.empty() : Optional.of("the port is none of its ports");
  }

  /** The networks of an allowing rule that mean anything for this name and port. */
  private List<NetworkPattern> usable(Rule rule) {
    if (rule.networks().isEmpty()) {
      return List.of(NetworkPattern.PUBLIC);
    }
    boolean narrow =
        rule.hosts().isEmpty()
            && ((rule.ports().isEmpty() && AbusePronePorts.contains(target.port()))
                || names().anyMatch(RestrictedNames::contains));
    return narrow
        ? rule.networks().stream().filter(network -> !network.isBroad()).toList()
        : rule.networks();
  }

  private Stream<String> names() {
    return target.host() instanceof Host.Name name
        ? Stream.concat(Stream.of(name.text()), aliases.stream())
        : Stream.empty();
  }
}
