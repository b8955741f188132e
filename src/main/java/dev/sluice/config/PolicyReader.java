package dev.sluice.config;

import dev.sluice.target.HostPattern;
import dev.sluice.target.HostPort;
import dev.sluice.target.NamedTarget;
import dev.sluice.target.NetworkPattern;
import dev.sluice.target.PortRange;
import dev.sluice.target.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rules and the named targets, which only the file can give. */
final class PolicyReader {

  private static final String ANY_CALLER = "any caller";

  static final Member<HostPort> ADDRESS =
      new Member<>(
          "address",
          new Parsed<>(HostPort::parse, HostPort::text, "host:port"),
          "required",
          "where the target is; an IPv6 address in brackets");
  static final Member<List<String>> ROLES =
      new Member<>("roles", several(new Word("role")), ANY_CALLER, "the caller has one of them");
  static final Member<String> PROTOCOL =
      new Member<>(
          "protocol",
          new Word("protocol name"),
          "not said",
          "what is spoken there, for the page to know");

  static final Member<Boolean> ALLOW =
      new Member<>(
          "allow",
          new Truth(),
          "this or deny",
          "what matches may be opened, unless another rule denies it");
  static final Member<Boolean> DENY =
      new Member<>(
          "deny", new Truth(), "this or allow", "what matches is refused, whatever allows it");
  static final Member<List<HostPattern>> HOSTS =
      new Member<>(
          "hosts",
          several(new Parsed<>(HostPattern::parse, HostPattern::text, "name or *.name")),
          "any host",
          "the name asked for matches one; * is one label");
  static final Member<List<NetworkPattern>> NETWORKS =
      new Member<>(
          "networks",
          several(
              new Parsed<>(
                  NetworkPattern::parse,
                  NetworkPattern::toString,
                  "public, an address or a network such as 10.0.0.0/8")),
          "allow: public; deny: any",
          "every address lies in one of them (allow), or any does (deny)");
  static final Member<List<PortRange>> PORTS =
      new Member<>(
          "ports",
          several(
              new Parsed<>(
                  PortRange::parse, PortRange::toString, "port or range such as 8000-8100")),
          "any port",
          "the port is one of them");
  static final Member<Rule.Mode> MODE =
      new Member<>(
          "mode",
          Choice.of(Rule.Mode.class),
          "enforce",
          "shadow: evaluated, and the audit record says what it would have done, but without effect");

  static final List<Member<?>> TARGET = List.of(ADDRESS, ROLES, PROTOCOL);
  static final List<Member<?>> RULE = List.of(ALLOW, DENY, ROLES, HOSTS, NETWORKS, PORTS, MODE);

  private PolicyReader() {}

  private static <E> ValueType<List<E>> several(ValueType<E> element) {
    return new ListType<>(element, false);
  }

  /** The named targets, without those that are wrong, which have been reported. */
  static Map<String, NamedTarget> targets(Tree node, Place place) {
    Map<String, NamedTarget> targets = new LinkedHashMap<>();
    if (!(node instanceof Tree.Mapping mapping)) {
      place.report(
          node.line(),
          "is " + node.noun() + " where names with targets belong",
          "write name: {address: \"host:port\"}");
      return targets;
    }
    for (Tree.Entry entry : mapping.entries()) {
      target(entry, place.child(Problems.printable(entry.key())))
          .ifPresent(target -> targets.put(target.name(), target));
    }
    return targets;
  }

  private static Optional<NamedTarget> target(Tree.Entry entry, Place place) {
    int before = place.problems().count();
    Optional<Members> members = Members.of(entry.value(), place, TARGET);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    Optional<HostPort> address = members.get().get(ADDRESS);
    // where a key is misspelt, it is most likely this one
    if (!members.get().has(ADDRESS) && place.problems().count() == before) {
      place.report(entry.line(), "has no address", "add address: \"host:port\"");
    }
    List<String> roles = members.get().get(ROLES).orElse(List.of());
    String protocol = members.get().get(PROTOCOL).orElse(null);
    try {
      return address.map(at -> new NamedTarget(entry.key(), at, roles, protocol));
    } catch (IllegalArgumentException e) {
      report(place, entry.line(), e);
      return Optional.empty();
    }
  }

  /** The rules, without those that are wrong, which have been reported. */
  static List<Rule> rules(Tree node, Place place) {
    List<Rule> rules = new ArrayList<>();
    if (!(node instanceof Tree.Sequence sequence)) {
      place.report(
          node.line(),
          "is " + node.noun() + " where a list belongs",
          "write each rule as - {allow: true, networks: [public]}");
      return rules;
    }
    for (int i = 0; i < sequence.items().size(); i++) {
      rule(sequence.items().get(i), place.item(i)).ifPresent(rules::add);
    }
    return rules;
  }

  private static Optional<Rule> rule(Tree node, Place place) {
    int before = place.problems().count();
    Optional<Members> given = Members.of(node, place, RULE);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Members members = given.get();
    boolean allow = members.get(ALLOW).orElse(false);
    boolean deny = members.get(DENY).orElse(false);
    if (allow == deny && place.problems().count() == before) {
      place.report(
          node.line(),
          allow ? "both allows and denies" : "neither allows nor denies",
          "write either allow: true or deny: true");
    }
    List<String> roles = members.get(ROLES).orElse(List.of());
    List<HostPattern> hosts = members.get(HOSTS).orElse(List.of());
    List<NetworkPattern> networks = members.get(NETWORKS).orElse(List.of());
    List<PortRange> ports = members.get(PORTS).orElse(List.of());
    Rule.Mode mode = members.get(MODE).orElse(Rule.Mode.ENFORCE);
    // a rule without one of its parts would mean something else, and be complained about for it
    if (place.problems().count() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Rule(allow, roles, hosts, networks, ports, mode));
    } catch (IllegalArgumentException e) {
      report(place, node.line(), e);
      return Optional.empty();
    }
  }

  private static void report(Place place, int line, IllegalArgumentException e) {
    WrongValue wrong = WrongValue.of(e, "correct it");
    place.report(line, wrong.what(), wrong.advice());
  }
}
