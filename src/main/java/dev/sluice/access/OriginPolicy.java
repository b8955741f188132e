package dev.sluice.access;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open tunnels with a visitor's browser. Browsers always send {@code Origin} with a
 * WebSocket handshake (RFC 6455 §4.1) and pages cannot forge it; a client without one is a program,
 * for which the header would prove nothing. Immutable.
 *
 * <p>The word {@code self} stands for the page that the gateway's own server served: the origin
 * made of the request's scheme and Host header. It trusts that Host is the gateway's name; exact
 * origins do not, and hold against DNS rebinding too.
 */
public final class OriginPolicy {

  /** The entry that stands for the request's own origin. */
  public static final String SELF = "self";

  private final boolean self;
  private final Set<Origin> exact;

  private OriginPolicy(boolean self, Set<Origin> exact) {
    this.self = self;
    this.exact = Set.copyOf(exact);
  }

  /**
   * A policy of these entries: {@code self} and exact origins.
   *
   * @throws IllegalArgumentException what {@link #canonical} says about the first wrong entry
   */
  public static OriginPolicy of(List<String> entries) {
    boolean self = false;
    Set<Origin> exact = new HashSet<>();
    for (String entry : entries) {
      if (entry.equals(SELF)) {
        self = true;
      } else {
        exact.add(checked(entry));
      }
    }
    return new OriginPolicy(self, exact);
  }

  /**
   * The one form in which an entry is compared and shown.
   *
   * @throws IllegalArgumentException whose message is {@code what is wrong; what to write instead}
   */
  public static String canonical(String entry) {
    return entry.equals(SELF) ? SELF : checked(entry).toString();
  }

  /**
   * Whether a request may go on.
   *
   * @param originHeader the Origin header as it came; null where there was none, which passes
   * @param scheme the request's own: {@code http} or {@code https}
   * @param hostHeader the Host header as it came, with its port where it has one
   */
  public boolean allows(@Nullable String originHeader, String scheme, @Nullable String hostHeader) {
    if (originHeader == null) {
      return true;
    }
    // "null" is what a sandboxed or local page sends: anybody's page, so it is no origin here
    Origin origin = Origin.parse(originHeader);
    if (origin == null) {
      return false;
    }
    return exact.contains(origin)
        || (self && hostHeader != null && origin.equals(Origin.of(scheme, hostHeader)));
  }

  private static Origin checked(String entry) {
    Origin origin = Origin.parse(entry);
    if (origin == null) {
      throw new IllegalArgumentException(complaint(entry));
    }
    if (origin.scheme().equals("ws") || origin.scheme().equals("wss")) {
      throw new IllegalArgumentException(
          "an origin names the page, not the socket; write http%s"
              .formatted(origin.toString().substring(2)));
    }
    return origin;
  }

  private static String complaint(String entry) {
    if (entry.equals("*") || entry.contains("*")) {
      return "has a wildcard, which origins cannot have; list each origin, such as"
          + " https://app.example.com";
    }
    if (entry.equals("null")) {
      return "is the origin of every sandboxed page; serve the page from an origin and write that";
    }
    if (entry.equalsIgnoreCase(SELF)) {
      return "is not written as it must be; write self";
    }
    int mark = entry.indexOf("://");
    if (mark < 1) {
      return "has no scheme; write scheme://host[:port], such as https://app.example.com";
    }
    String rest = entry.substring(mark + 3);
    int end = firstOf(rest, "/?#");
    if (end == 0) {
      return "has no host; write scheme://host[:port]";
    }
    if (end > 0) {
      return "has a path, which an Origin header never has; write %s"
          .formatted(entry.substring(0, mark + 3 + end).toLowerCase(Locale.ROOT));
    }
    if (rest.contains("@")) {
      return "has a user name, which an Origin header never has; write scheme://host[:port]";
    }
    if (!rest.chars().allMatch(c -> c < 0x80)) {
      return "has a host that is not ASCII; write it as browsers send it, in its xn-- form";
    }
    return "is not an origin; write scheme://host[:port], such as https://app.example.com:8443";
  }

  private static int firstOf(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
