package dev.sluice.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web origin, {@code scheme://host[:port]} (RFC 6454 §6.2), in one canonical form: lower case,
 * the default port of {@code http} and {@code https} dropped, an IPv6 literal written in full.
 *
 * @param scheme lower case, without the colon
 * @param host lower case; an IPv6 literal in brackets
 * @param port empty where it is the scheme's own
 */
record Origin(String scheme, String host, OptionalInt port) {

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");

  /** The origin that {@code text} spells, or null where it spells none. Header text comes here. */
  static @Nullable Origin parse(String text) {
    int mark = text.indexOf("://");
    return mark < 0 ? null : of(text.substring(0, mark), text.substring(mark + 3));
  }

  /**
   * The origin of a page served under {@code scheme} by {@code authority}, which is what a Host
   * header holds; null where the two spell none.
   */
  static @Nullable Origin of(String scheme, String authority) {
    String lowerScheme = scheme.toLowerCase(Locale.ROOT);
    Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
    if (!SCHEME.matcher(lowerScheme).matches() || !parts.matches()) {
      return null;
    }
    String host = canonicalHost(parts.group(1));
    String portText = parts.group(2);
    int port = portText == null ? defaultPort(lowerScheme) : Integer.parseInt(portText);
    if (host == null || port > 65_535 || (port == 0 && portText != null)) {
      return null;
    }
    boolean dropped = port == 0 || port == defaultPort(lowerScheme);
    return new Origin(lowerScheme, host, dropped ? OptionalInt.empty() : OptionalInt.of(port));
  }

  /** Zero where the scheme has none that browsers drop. */
  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }

  /** Two spellings of one IPv6 address are one host; null where brackets hold none. */
  private static @Nullable String canonicalHost(String host) {
    if (!host.startsWith("[")) {
      return host;
    }
    try {
      // in brackets the JDK takes a literal or nothing: no lookup leaves
      return "[" + InetAddress.getByName(host).getHostAddress() + "]";
    } catch (UnknownHostException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return scheme + "://" + host + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
