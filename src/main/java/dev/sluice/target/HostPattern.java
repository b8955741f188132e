package dev.sluice.target;

/**
 * A name, or a name in which a label is {@code *}, which stands for exactly one label.
 *
 * @param text lower case, without trailing dot
 */
public record HostPattern(String text) {

  /**
   * Takes any spelling.
   *
   * @throws InvalidTargetException if it is not a name, is an address (that belongs in networks: an
   *     address never satisfies a host pattern), or ends in a wildcard
   */
  public HostPattern {
    if (text.indexOf(':') >= 0 || IpText.v4(text) != null) {
      throw new InvalidTargetException(
          Quoted.of(text) + " is an address or has a port: use networks and ports for these");
    }
    String plain = text.replace("*.", "x.");
    text = restore(text, HostGrammar.name(plain));
    if (text.equals("*") || text.endsWith(".*")) {
      throw new InvalidTargetException(
          Quoted.of(text) + " ends in a wildcard: the last label of a host pattern is a name");
    }
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidTargetException saying what is wrong
   */
  public static HostPattern parse(String text) {
    return new HostPattern(text);
  }

  /** Whether the host is a name of as many labels, each equal where the pattern has no wildcard. */
  public boolean matches(Host host) {
    return host instanceof Host.Name name && matches(name.text());
  }

  boolean matches(String name) {
    String[] wanted = text.split("\\.", -1);
    String[] labels = name.split("\\.", -1);
    if (wanted.length != labels.length) {
      return false;
    }
    for (int i = 0; i < labels.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(labels[i])) {
        return false;
      }
    }
    return true;
  }

  /** The checked name with the wildcards back in their places. */
  private static String restore(String pattern, String name) {
    StringBuilder out = new StringBuilder(name);
    for (int i = pattern.indexOf('*'); i >= 0; i = pattern.indexOf('*', i + 1)) {
      if (i > 0 && pattern.charAt(i - 1) != '.') {
        throw new InvalidTargetException(
            Quoted.of(pattern) + " has a wildcard within a label: * stands for one whole label");
      }
      out.setCharAt(i, '*');
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
