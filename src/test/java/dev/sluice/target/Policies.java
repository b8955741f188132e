package dev.sluice.target;

import dev.sluice.target.Decision.Allowed;
import dev.sluice.target.Decision.Denied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A policy in the making, over a resolver that knows what it was told and counts its lookups. */
final class Policies implements Resolver {
  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, NamedTarget> targets = new HashMap<>();
  private final List<Network> fronts = new ArrayList<>();
  private final Map<String, Resolution> names = new HashMap<>();
  private final Set<String> interfaces = new HashSet<>();
  private final Set<String> roles = new HashSet<>();
  final SelfAddresses self = new SelfAddresses(address -> interfaces.contains(address.toString()));
  final List<String> lookups = new ArrayList<>();

  /** A rule with hosts and networks, for everybody and every port. */
  Policies allow(String hosts, String networks) {
    return rule(true, "", hosts, networks, "");
  }

  Policies deny(String hosts, String networks) {
    return rule(false, "", hosts, networks, "");
  }

  /** Each list in words separated by a space. */
  Policies rule(boolean allow, String roles, String hosts, String networks, String ports) {
    rules.add(
        new Rule(
            allow,
            words(roles),
            words(hosts).stream().map(HostPattern::parse).toList(),
            words(networks).stream().map(NetworkPattern::parse).toList(),
            words(ports).stream().map(PortRange::parse).toList()));
    return this;
  }

  /** A rule that only looks on. */
  Policies shadow(boolean allow, String hosts, String networks) {
    rule(allow, "", hosts, networks, "");
    Rule rule = rules.remove(rules.size() - 1);
    rules.add(
        new Rule(
            allow, rule.roles(), rule.hosts(), rule.networks(), rule.ports(), Rule.Mode.SHADOW));
    return this;
  }

  Policies target(String name, String address, String roles) {
    targets.put(name, NamedTarget.parse(name, address, words(roles), "postgres"));
    return this;
  }

  Policies front(String network) {
    fronts.add(Network.parse(network));
    return this;
  }

  Policies ownAddress(String address) {
    interfaces.add(address);
    return this;
  }

  Policies name(String name, String addresses, String... aliases) {
    names.put(
        name,
        new Resolution(words(addresses).stream().map(IpAddress::parse).toList(), List.of(aliases)));
    return this;
  }

  Policies caller(String... has) {
    roles.clear();
    roles.addAll(List.of(has));
    return this;
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  TargetPolicy policy() {
    return new TargetPolicy(
        new TargetSettings(rules, targets, fronts, Duration.ofSeconds(1), List.of()), this, self);
  }

  Decision decide(String hostPort) {
    return policy().decide(HostPort.parse(hostPort), roles::contains);
  }

  Decision open(String name) {
    return policy().decide(new TargetName(name), roles::contains);
  }

  Explanation explain(String hostPort) {
    return policy().explain(HostPort.parse(hostPort), roles::contains);
  }

  Explanation explainTarget(String name) {
    return policy().explain(new TargetName(name), roles::contains);
  }

  boolean allows(String hostPort) {
    return decide(hostPort) instanceof Allowed;
  }

  boolean stillAllows(Decision earlier) {
    return policy().stillAllows((Allowed) earlier, roles::contains);
  }

  static Decision.Reason reason(Decision decision) {
    return ((Denied) decision).reason();
  }

  @Override
  public Resolution resolve(String name) throws ResolutionException {
    lookups.add(name);
    Resolution known = names.get(name);
    if (known == null) {
      throw new ResolutionException("no such name");
    }
    return known;
  }
}
