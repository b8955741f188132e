package dev.sluice.target;

import java.util.List;

/**
 * What a name has.
 *
 * @param addresses all of them, in the order in which to try them
 * @param aliases the other names on the way there (CNAME and DNAME targets, a search domain's),
 *     lower case, without trailing dot
 */
public record Resolution(List<IpAddress> addresses, List<String> aliases) {
  /** Copies the lists. */
  public Resolution {
    addresses = List.copyOf(addresses);
    aliases = List.copyOf(aliases);
  }
}
