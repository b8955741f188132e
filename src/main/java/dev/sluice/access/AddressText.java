package dev.sluice.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses that headers and servers write, strictly: a text that is none is nothing, never a
 * name that is looked up.
 */
final class AddressText {

  private static final String OCTET = "(0|[1-9][0-9]{0,2})";
  private static final Pattern V4 = Pattern.compile(String.join("\\.", OCTET, OCTET, OCTET, OCTET));
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern ZONE = Pattern.compile("%[A-Za-z0-9._-]{1,32}");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private AddressText() {}

  /** A bare address; of IPv6 a zone is dropped. Null where it is none. */
  static @Nullable InetAddress parse(String text) {
    Matcher v4 = V4.matcher(text);
    if (v4.matches()) {
      byte[] octets = new byte[4];
      for (int i = 0; i < octets.length; i++) {
        int octet = Integer.parseInt(v4.group(i + 1));
        if (octet > 255) {
          return null;
        }
        octets[i] = (byte) octet;
      }
      return of(octets);
    }
    String bare = ZONE.matcher(text).replaceFirst("");
    if (bare.indexOf(':') < 0 || !V6.matcher(bare).matches()) {
      return null;
    }
    try {
      // in brackets the JDK takes a literal or nothing: no lookup leaves
      return InetAddress.getByName("[" + bare + "]");
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /**
   * An address as a forwarding header has it: bare, or with a port, an IPv6 one then in brackets.
   */
  static @Nullable InetAddress parseNode(String text) {
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      String inside = text.substring(1, bracket);
      boolean v6 = inside.indexOf(':') >= 0 && isPortOrNothing(text.substring(bracket + 1));
      return v6 ? parse(inside) : null;
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && colon == text.lastIndexOf(':')) {
      return isPortOrNothing(text.substring(colon)) ? parse(text.substring(0, colon)) : null;
    }
    return parse(text);
  }

  private static boolean isPortOrNothing(String text) {
    return text.isEmpty() || (text.startsWith(":") && PORT.matcher(text.substring(1)).matches());
  }

  /** The address of four or sixteen bytes. */
  static InetAddress of(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four or sixteen bytes are an address", e);
    }
  }
}
