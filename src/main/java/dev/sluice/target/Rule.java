package dev.sluice.target;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the policy. All that is given must match; what is empty does not matter.
 *
 * @param allow whether it allows; otherwise it denies
 * @param roles the caller has one of them; empty: any caller
 * @param hosts the name asked for matches one of them; empty: any host
 * @param networks an allowing rule: every answer lies in one of them; a denying rule: any answer
 *     does. Empty: an allowing rule means {@code public}, a denying rule any address
 * @param ports the port is in one of them; empty: any port
 * @param mode whether it counts, or is only looked at
 */
public record Rule(
    boolean allow,
    List<String> roles,
    List<HostPattern> hosts,
    List<NetworkPattern> networks,
    List<PortRange> ports,
    Mode mode) {

  /** Whether a rule counts. */
  public enum Mode {
    /** It counts. */
    ENFORCE,
    /** It is evaluated, and records say what it would have done; it does nothing. */
    SHADOW
  }

  /** A rule that counts. */
  public Rule(
      boolean allow,
      List<String> roles,
      List<HostPattern> hosts,
      List<NetworkPattern> networks,
      List<PortRange> ports) {
    this(allow, roles, hosts, networks, ports, Mode.ENFORCE);
  }

  /**
   * Copies the lists. A rule that allows must say where to: what says nothing would read as
   * "everything" to one person and as "nothing" to another. A rule that denies may say as little as
   * it likes, down to nothing at all, which refuses everything.
   */
  public Rule {
    roles = List.copyOf(roles);
    hosts = List.copyOf(hosts);
    networks = List.copyOf(networks);
    ports = List.copyOf(ports);
    if (allow && hosts.isEmpty() && networks.isEmpty()) {
      throw new IllegalArgumentException(
          "a rule that allows needs hosts or networks; networks: [public] is every public address");
    }
  }

  /** The rule as the configuration would have it on one line. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(allow ? "allow: true" : "deny: true");
    add(parts, "roles", roles);
    add(parts, "hosts", hosts);
    add(parts, "networks", networks);
    add(parts, "ports", ports);
    if (mode == Mode.SHADOW) {
      parts.add("mode: shadow");
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static void add(List<String> parts, String key, List<?> values) {
    if (!values.isEmpty()) {
      parts.add(key + ": " + values);
    }
  }
}
