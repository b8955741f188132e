package dev.sluice.target;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A target that the configuration names: permission for its roles to reach exactly this host and
 * port, private and loopback addresses included.
 *
 * @param name letters, digits, dot, hyphen and underscore, at most 64
 * @param address where it is
 * @param roles who may open it; empty: any caller
 * @param protocol what is spoken there, for the page to know; null: not said
 */
public record NamedTarget(
    String name, HostPort address, List<String> roles, @Nullable String protocol) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Copies the roles; refuses what is no name. */
  public NamedTarget {
    if (!isName(name)) {
      throw new InvalidTargetException(
          "target name "
              + Quoted.of(name)
              + " is not 1 to 64 letters, digits, dots, hyphens and underscores");
    }
    roles = List.copyOf(roles);
  }

  /**
   * From the configuration's texts.
   *
   * @param address {@code host:port}, IPv6 in brackets
   * @throws InvalidTargetException saying what is wrong
   */
  public static NamedTarget parse(
      String name, String address, List<String> roles, @Nullable String protocol) {
    return new NamedTarget(name, HostPort.parse(address), roles, protocol);
  }

  /** Whether a caller with these roles may open it. */
  public boolean isFor(Predicate<String> hasRole) {
    return roles.isEmpty() || roles.stream().anyMatch(hasRole);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
