package dev.sluice.target;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of addresses, read strictly and written canonically. Nothing here falls back to a name,
 * to {@code inet_aton}'s short and octal forms or to a zone.
 */
final class IpText {
  private static final int LONGEST_V6 = 45;

  private IpText() {}

  /** Four decimal octets without leading zeros (RFC 6943 §3.1.1, strict form); null if not so. */
  static @Nullable IpAddress v4(String text) {
    if (text.length() > 15) {
      return null;
    }
    String[] octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return null;
    }
    int value = 0;
    for (String octet : octets) {
      int number = decimal(octet, 255);
      if (number < 0) {
        return null;
      }
      value = value << 8 | number;
    }
    return IpAddress.ofV4(value);
  }

  /** RFC 4291 §2.2, all three forms; null if not so. */
  static @Nullable IpAddress v6(String text) {
    int gap = text.indexOf("::");
    if (text.length() > LONGEST_V6 || gap != text.lastIndexOf("::")) {
      return null;
    }
    List<Integer> groups = new ArrayList<>();
    if (gap < 0) {
      return readGroups(text, true, groups) && groups.size() == 8 ? join(groups) : null;
    }
    List<Integer> tail = new ArrayList<>();
    if (!readGroups(text.substring(0, gap), false, groups)
        || !readGroups(text.substring(gap + 2), true, tail)
        || groups.size() + tail.size() > 7) {
      return null;
    }
    while (groups.size() + tail.size() < 8) {
      groups.add(0);
    }
    groups.addAll(tail);
    return join(groups);
  }

  /** ASCII digits without sign or leading zero, at most {@code max}; -1 if not so. */
  static int decimal(String text, int max) {
    if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= max ? value : -1;
  }

  private static boolean readGroups(String part, boolean dottedEnd, List<Integer> into) {
    if (part.isEmpty()) {
      return true;
    }
    String[] groups = part.split(":", -1);
    for (int i = 0; i < groups.length; i++) {
      if (dottedEnd && i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
        IpAddress v4 = v4(groups[i]);
        if (v4 == null) {
          return false;
        }
        into.add((int) (v4.low() >>> 16) & 0xffff);
        into.add((int) v4.low() & 0xffff);
      } else {
        int value = hextet(groups[i]);
        if (value < 0) {
          return false;
        }
        into.add(value);
      }
    }
    return true;
  }

  private static int hextet(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Character.digit alone would take full-width and other scripts' digits
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static IpAddress join(List<Integer> groups) {
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | groups.get(i);
      low = low << 16 | groups.get(i + 4);
    }
    return new IpAddress(high, low);
  }

  /** Dotted quad, or RFC 5952 §4. */
  static String format(IpAddress address) {
    long low = address.low();
    if (address.isV4()) {
      return (low >>> 24 & 0xff)
          + "."
          + (low >>> 16 & 0xff)
          + "."
          + (low >>> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (address.high() >>> (48 - 16 * i)) & 0xffff;
      groups[i + 4] = (int) (low >>> (48 - 16 * i)) & 0xffff;
    }
    return compress(groups);
  }

  private static String compress(int[] groups) {
    int from = 0;
    int longest = 1; // RFC 5952 §4.2.2: a single zero group is written out
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
    }
    if (longest == 1) {
      return hex(groups, 0, 8);
    }
    return hex(groups, 0, from) + "::" + hex(groups, from + longest, 8);
  }

  private static String hex(int[] groups, int from, int to) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }
}
