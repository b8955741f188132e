package dev.sluice.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address in the one 128-bit space that both families share: IPv4 lives in {@code ::ffff:0:0/96}
 * (RFC 4291 §2.5.5.2), so an IPv4-mapped address and its IPv4 address are the same value.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
public record IpAddress(long high, long low) {

  /**
   * A dotted quad or an IPv6 address, without brackets or zone.
   *
   * @throws InvalidTargetException if the text is neither
   */
  public static IpAddress parse(String text) {
    IpAddress address = text.indexOf(':') < 0 ? IpText.v4(text) : IpText.v6(text);
    if (address == null) {
      throw new InvalidTargetException(Quoted.of(text) + " is not an IP address");
    }
    return address;
  }

  /** The same address; a scope id is dropped. */
  public static IpAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == 4
        ? ofV4(bytes.getInt())
        : new IpAddress(bytes.getLong(), bytes.getLong());
  }

  static IpAddress ofV4(int address) {
    return new IpAddress(0, 0xffff_0000_0000L | Integer.toUnsignedLong(address));
  }

  /** Whether this is an IPv4 address. */
  public boolean isV4() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /** The same address for a socket. Its host name is its text, so that nothing looks one up. */
  public InetAddress toInetAddress() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      // of an IPv4-mapped one the JDK makes an Inet4Address: see Inet6Address
      return InetAddress.getByAddress(toString(), bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }

  /** Dotted quad, or the canonical text of RFC 5952. */
  @Override
  public String toString() {
    return IpText.format(this);
  }
}
