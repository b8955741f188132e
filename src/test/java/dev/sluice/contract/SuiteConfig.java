package dev.sluice.contract;

import dev.sluice.tunnel.Lane;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sluice's configuration for the suite: everything on loopback is allowed but {@link #DENIED}.
 *
 * @param targets named targets: name → port of 127.0.0.1
 * @param tunnel members of the {@code tunnel} section
 * @param deniedPort a port that a rule denies; zero: none
 * @param roles of the named targets that are for one role: name → role
 * @param limits members of the {@code limits} section
 * @param more whole sections besides, such as {@code auth}
 */
record SuiteConfig(
    Map<String, Integer> targets,
    Map<String, String> tunnel,
    int deniedPort,
    Map<String, String> roles,
    Map<String, String> limits,
    String more) {

  /** An address of loopback that a rule denies. */
  static final String DENIED = "127.0.0.9";

  /** A suite asks hundreds of times a minute, and from one address. */
  private static final Map<String, String> NO_LIMITS =
      Map.of(
          "per-user", "0",
          "per-address", "0",
          "per-target", "0",
          "handshakes-per-minute", "0",
          "probes-per-minute", "0",
          "targets-per-minute", "0");

  /**
   * What the suite starts with. Dead clients are found by a ping a second or, while nothing can be
   * heard of them, by the stall limit.
   *
   * @param lane the lane that tunnels take
   * @param name of the one named target, on {@code port} of 127.0.0.1
   */
  static SuiteConfig on(Lane lane, String name, int port) {
    return new SuiteConfig(
            Map.of(name, port),
            Map.of("dial-timeout", "1s", "ping", "1s", "linger", "5s", "stall-timeout", "10s"),
            0,
            Map.of(),
            NO_LIMITS,
            "")
        .tunnel("lane", lane.word());
  }

  /** The same with one more named target. */
  SuiteConfig andTarget(String name, int port) {
    Map<String, Integer> all = new LinkedHashMap<>(targets);
    all.put(name, port);
    return new SuiteConfig(all, tunnel, deniedPort, roles, limits, more);
  }

  /** The same with one more named target, for a role alone. */
  SuiteConfig andTarget(String name, int port, String role) {
    SuiteConfig more = andTarget(name, port);
    return new SuiteConfig(more.targets, tunnel, deniedPort, Map.of(name, role), limits, this.more);
  }

  /** The same with one member of {@code tunnel} set. */
  SuiteConfig tunnel(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(tunnel);
    changed.put(key, value);
    return new SuiteConfig(targets, changed, deniedPort, roles, limits, more);
  }

  /** The same with one member of {@code limits} set. */
  SuiteConfig limit(String key, Object value) {
    Map<String, String> changed = new LinkedHashMap<>(limits);
    changed.put(key, String.valueOf(value));
    return new SuiteConfig(targets, tunnel, deniedPort, roles, changed, more);
  }

  /** The same with a port denied on every address. */
  SuiteConfig denying(int port) {
    return new SuiteConfig(targets, tunnel, port, roles, limits, more);
  }

  /** The same with these sections instead of what there was. */
  SuiteConfig with(String sections) {
    return new SuiteConfig(targets, tunnel, deniedPort, roles, limits, sections);
  }

  private static String members(Map<String, String> section) {
    return section.entrySet().stream()
        .map(t -> "  %s: %s\n".formatted(t.getKey(), t.getValue()))
        .collect(Collectors.joining());
  }

  private String target(String name, int port) {
    String role = roles.containsKey(name) ? ", roles: [" + roles.get(name) + "]" : "";
    return "  %s: {address: \"127.0.0.1:%d\"%s}\n".formatted(name, port, role);
  }

  /** As the file has it. */
  String yaml() {
    String names =
        targets.entrySet().stream()
            .map(t -> target(t.getKey(), t.getValue()))
            .collect(Collectors.joining());
    String denial =
        deniedPort == 0
            ? ""
            : "  - {deny: true, networks: [127.0.0.0/8], ports: [%d]}\n".formatted(deniedPort);
    return """
        origins: [self]
        targets:
        %srules:
          - {deny: true, networks: ["%s/32"]}
        %s\
          - {allow: true, networks: [127.0.0.0/8, "::1/128"]}
        dns: {timeout: 500ms}
        tunnel:
        %slimits:
        %s%s"""
        .formatted(names, DENIED, denial, members(tunnel), members(limits), more);
  }
}
