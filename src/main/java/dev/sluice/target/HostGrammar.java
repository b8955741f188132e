package dev.sluice.target;

import java.util.Locale;

/**
 * DNS host names: ASCII letters, digits and hyphens (RFC 1123 §2.1, RFC 5890 §2.3.1), no underscore
 * (a service label such as {@code _ldap._tcp} is never dialled), no U-label.
 */
final class HostGrammar {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private HostGrammar() {}

  /**
   * The name in lower case without its trailing dot.
   *
   * @throws InvalidTargetException saying what is wrong
   */
  static String name(String text) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (name.isEmpty()) {
      throw new InvalidTargetException("the host is empty");
    }
    if (name.length() > LONGEST_NAME) {
      throw new InvalidTargetException("the host is longer than 253 characters");
    }
    requireLdh(name);
    String lower = name.toLowerCase(Locale.ROOT);
    String last = "";
    for (String label : lower.split("\\.", -1)) {
      requireLabel(label, text);
      last = label;
    }
    if (isNumber(last)) {
      throw new InvalidTargetException(
          Quoted.of(text) + " ends in a number and is no IPv4 address of four plain octets");
    }
    return lower;
  }

  private static void requireLdh(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean ldh =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (c >= 0x80) {
        throw new InvalidTargetException(
            "the host has a character outside ASCII: an international name goes in its xn-- form");
      }
      if (!ldh && c != '.') {
        throw new InvalidTargetException(
            Quoted.of(name) + " has a character that is no letter, digit, hyphen or dot");
      }
    }
  }

  private static void requireLabel(String label, String text) {
    if (label.isEmpty()) {
      throw new InvalidTargetException(Quoted.of(text) + " has an empty label");
    }
    if (label.length() > LONGEST_LABEL) {
      throw new InvalidTargetException(Quoted.of(text) + " has a label of more than 63 characters");
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw new InvalidTargetException(
          Quoted.of(text) + " has a label that starts or ends with a hyphen");
    }
    if (label.startsWith("xn--") && !Punycode.isValid(label.substring(4))) {
      throw new InvalidTargetException(Quoted.of(text) + " has an xn-- label that encodes no name");
    }
  }

  /** What URL parsers take for the last part of an IPv4 address: decimal, octal or hexadecimal. */
  private static boolean isNumber(String label) {
    return label.chars().allMatch(c -> c >= '0' && c <= '9')
        || (label.startsWith("0x")
            && label.substring(2).chars().allMatch(c -> Character.digit(c, 16) >= 0));
  }
}
