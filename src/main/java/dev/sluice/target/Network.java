package dev.sluice.target;

/**
 * A CIDR block (RFC 4632 §3.1, RFC 4291 §2.3) in the space of {@link IpAddress}.
 *
 * @param base its first address
 * @param prefix its length in that 128-bit space: 96 more than what an IPv4 network is written with
 */
public record Network(IpAddress base, int prefix) {
  private static final int V4 = 96;

  /** Refuses an address with bits below the prefix: one of the two was a slip. */
  public Network {
    if (!masked(base, prefix).equals(base)) {
      throw new InvalidTargetException(
          base + " has bits below its prefix, the network is " + masked(base, prefix));
    }
  }

  /**
   * {@code address/length}, or an address alone for itself.
   *
   * @throws InvalidTargetException if the text is neither, or has bits below its prefix
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new Network(IpAddress.parse(text), 128);
    }
    String address = text.substring(0, slash);
    boolean dotted = address.indexOf(':') < 0;
    int length = IpText.decimal(text.substring(slash + 1), dotted ? 32 : 128);
    if (length < 0) {
      throw new InvalidTargetException(
          Quoted.of(text) + " needs a prefix length from 0 to " + (dotted ? 32 : 128));
    }
    return new Network(IpAddress.parse(address), dotted ? V4 + length : length);
  }

  /** Whether the address lies inside; {@code ::/0} holds no IPv4 address. */
  public boolean contains(IpAddress address) {
    return (prefix >= V4 || !address.isV4()) && masked(address, prefix).equals(base);
  }

  /** Whether the other lies wholly inside. */
  public boolean contains(Network other) {
    return other.prefix >= prefix && contains(other.base);
  }

  private static IpAddress masked(IpAddress address, int prefix) {
    long high = prefix >= 64 ? -1 : prefix == 0 ? 0 : -1L << (64 - prefix);
    long low = prefix <= 64 ? 0 : -1L << (128 - prefix);
    return new IpAddress(address.high() & high, address.low() & low);
  }

  @Override
  public String toString() {
    return base + "/" + (base.isV4() ? prefix - V4 : prefix);
  }
}
