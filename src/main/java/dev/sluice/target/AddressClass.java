package dev.sluice.target;

import java.util.Locale;
import java.util.Optional;

/** What an address is good for, which decides whether a rule can allow it at all. */
public enum AddressClass {
  /** Ordinary unicast on the internet. */
  PUBLIC,
  /** RFC 1918, unique local and shared (carrier-grade NAT) space. */
  PRIVATE,
  /** This host. */
  LOOPBACK,
  /** This link; never allowed. */
  LINK_LOCAL,
  /** Where a cloud tells an instance its secrets; never allowed. */
  METADATA,
  /** The gateway itself; never allowed on its own ports. */
  SELF,
  /** Every other special-purpose block, and what IANA has not opened; never allowed. */
  SPECIAL;

  /** The class by the address alone: anything but {@link #SELF}. */
  public static AddressClass of(IpAddress address) {
    AddressClass found = AddressBlocks.classOf(address);
    boolean isatapMatters = found == PUBLIC || found == PRIVATE;
    return isatapMatters && isIsatap(address) ? SPECIAL : found;
  }

  /**
   * The class in whose own block the network wholly lies, {@link #PUBLIC} if it touches no other
   * block; empty if it is a mixture.
   */
  static Optional<AddressClass> containing(Network network) {
    return AddressBlocks.containing(network);
  }

  /**
   * ISATAP interface identifiers (RFC 5214 §6.1) hide an IPv4 address under any prefix; the two low
   * bits of the first octet are the universal and group flags.
   */
  private static boolean isIsatap(IpAddress address) {
    return !address.isV4() && (address.low() >>> 32 & 0xfcff_ffffL) == 0x0000_5efeL;
  }

  /** The word in records: {@code link-local}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
