package dev.sluice.target;

/** A host as a client or the configuration may write it: an address or a DNS name. */
public sealed interface Host {

  /**
   * Reads a dotted quad without leading zeros, an IPv6 address (RFC 4291 §2.2, no zone) bare or in
   * brackets, or a DNS name in ASCII, of which one trailing dot is dropped. Looks nothing up.
   *
   * @throws InvalidTargetException saying what is wrong
   */
  static Host parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      String inner = text.substring(1, text.length() - 1);
      IpAddress v6 = IpText.v6(inner);
      if (v6 == null) {
        throw new InvalidTargetException(Quoted.of(text) + " holds no IPv6 address");
      }
      return new Literal(v6);
    }
    if (text.indexOf(':') >= 0) {
      return new Literal(IpAddress.parse(text));
    }
    IpAddress v4 = IpText.v4(text);
    return v4 != null ? new Literal(v4) : new Name(HostGrammar.name(text));
  }

  /** The canonical text: what rate limits, rules and records go by. No brackets. */
  String text();

  /** An address; IPv4-mapped IPv6 is IPv4. */
  record Literal(IpAddress address) implements Host {
    @Override
    public String text() {
      return address.toString();
    }
  }

  /** A DNS name, lower case, without trailing dot. */
  record Name(String text) implements Host {
    /** Takes any spelling of the name. */
    public Name {
      text = HostGrammar.name(text);
    }
  }
}
