package dev.sluice.target;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What may be dialled.
 *
 * @param rules in the order written; denying ones are asked first wherever they stand
 * @param targets named targets by name
 * @param self addresses by which this gateway is reached beside those of its interfaces: its load
 *     balancer, its siblings. Never dialled, on no port
 * @param dnsTimeout how long one resolution may take in all
 * @param dnsServers name servers by address and port; empty: the system's
 */
public record TargetSettings(
    List<Rule> rules,
    Map<String, NamedTarget> targets,
    List<Network> self,
    Duration dnsTimeout,
    List<HostPort> dnsServers) {

  /** Copies the collections; refuses a server that would itself need resolving. */
  public TargetSettings {
    rules = List.copyOf(rules);
    targets = Map.copyOf(targets);
    self = List.copyOf(self);
    dnsServers = List.copyOf(dnsServers);
    if (dnsTimeout.isZero() || dnsTimeout.isNegative()) {
      throw new IllegalArgumentException("the DNS timeout must be longer than zero");
    }
    for (HostPort server : dnsServers) {
      if (!(server.host() instanceof Host.Literal)) {
        throw new IllegalArgumentException("DNS server " + server.text() + " must be an address");
      }
    }
  }

  /** What holds where nothing is configured: every target refused. */
  public static TargetSettings defaults() {
    return new TargetSettings(List.of(), Map.of(), List.of(), Duration.ofSeconds(3), List.of());
  }

  /**
   * A name server: an address, with or without port (53).
   *
   * @throws InvalidTargetException if it is not so
   */
  public static HostPort parseDnsServer(String text) {
    boolean bareV6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
    boolean portless = text.endsWith("]") || bareV6 || text.indexOf(':') < 0;
    HostPort server = portless ? new HostPort(Host.parse(text), 53) : HostPort.parse(text);
    if (server.host() instanceof Host.Name) {
      throw new InvalidTargetException(
          "DNS server " + Quoted.of(text) + " must be an address, not a name");
    }
    return server;
  }
}
