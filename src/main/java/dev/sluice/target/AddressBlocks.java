package dev.sluice.target;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The blocks, from the IANA special-purpose registries for IPv4 and IPv6 and the IPv6 address space
 * registry. What is in none of them is public; the longest prefix decides.
 */
final class AddressBlocks {
  // Globally reachable anycast services (AS112, AMT, TURN, PCP, ORCHIDv2) are special too: none of
  // them is a TCP target of anybody's.
  private static final String TABLE =
      """
      0.0.0.0/8                SPECIAL     this network, RFC 791
      10.0.0.0/8               PRIVATE     RFC 1918
      100.64.0.0/10            PRIVATE     shared address space, RFC 6598
      127.0.0.0/8              LOOPBACK    RFC 1122
      169.254.0.0/16           LINK_LOCAL  RFC 3927
      172.16.0.0/12            PRIVATE     RFC 1918
      192.0.0.0/24             SPECIAL     IETF protocol assignments, RFC 6890
      192.0.2.0/24             SPECIAL     documentation, RFC 5737
      192.31.196.0/24          SPECIAL     AS112, RFC 7535
      192.52.193.0/24          SPECIAL     AMT, RFC 7450
      192.88.99.0/24           SPECIAL     6to4 relays, RFC 7526; 6a44, RFC 6751
      192.168.0.0/16           PRIVATE     RFC 1918
      192.175.48.0/24          SPECIAL     AS112, RFC 7534
      198.18.0.0/15            SPECIAL     benchmarking, RFC 2544
      198.51.100.0/24          SPECIAL     documentation, RFC 5737
      203.0.113.0/24           SPECIAL     documentation, RFC 5737
      224.0.0.0/4              SPECIAL     multicast, RFC 5771
      240.0.0.0/4              SPECIAL     reserved and limited broadcast, RFC 1112, RFC 919

      100.100.100.100/32       METADATA    Tailscale resolver
      100.100.100.200/32       METADATA    Alibaba Cloud
      168.63.129.16/32         METADATA    Azure WireServer, in public space
      169.254.0.23/32          METADATA    Tencent Cloud
      169.254.10.10/32         METADATA    Tencent Cloud
      169.254.42.42/32         METADATA    Scaleway
      169.254.169.0/24         METADATA    most clouds: instance data, time, DNS, licences
      169.254.170.0/24         METADATA    AWS container and pod credentials
      192.0.0.192/32           METADATA    Oracle Cloud Classic

      ::/3                     SPECIAL     outside global unicast, RFC 4291
      ::/128                   SPECIAL     unspecified, RFC 4291
      ::1/128                  LOOPBACK    RFC 4291
      ::/96                    SPECIAL     IPv4-compatible, RFC 4291
      ::ffff:0:0:0/96          SPECIAL     IPv4-translated, RFC 2765
      64:ff9b::/96             SPECIAL     NAT64, RFC 6052
      64:ff9b:1::/48           SPECIAL     NAT64 for local use, RFC 8215
      100::/64                 SPECIAL     discard-only, RFC 6666
      100:0:0:1::/64           SPECIAL     dummy prefix, RFC 9780
      2001::/23                SPECIAL     IETF protocol assignments, RFC 2928
      2001::/32                SPECIAL     Teredo, RFC 4380
      2001:1::1/128            SPECIAL     PCP anycast, RFC 7723
      2001:1::2/128            SPECIAL     TURN anycast, RFC 8155
      2001:1::3/128            SPECIAL     DNS-SD SRP anycast, RFC 9665
      2001:2::/48              SPECIAL     benchmarking, RFC 5180
      2001:3::/32              SPECIAL     AMT, RFC 7450
      2001:4:112::/48          SPECIAL     AS112, RFC 7535
      2001:10::/28             SPECIAL     ORCHID, RFC 4843
      2001:20::/28             SPECIAL     ORCHIDv2, RFC 7343
      2001:30::/28             SPECIAL     drone remote identification, RFC 9374
      2001:db8::/32            SPECIAL     documentation, RFC 3849
      2002::/16                SPECIAL     6to4, RFC 3056, RFC 7526
      2620:4f:8000::/48        SPECIAL     AS112, RFC 7534
      3fff::/20                SPECIAL     documentation, RFC 9637
      4000::/2                 SPECIAL     outside global unicast, RFC 4291
      5f00::/16                SPECIAL     SRv6 segments, RFC 9602
      8000::/1                 SPECIAL     outside global unicast, RFC 4291
      fc00::/7                 PRIVATE     unique local, RFC 4193
      fe80::/10                LINK_LOCAL  RFC 4291
      fec0::/10                SPECIAL     site-local, RFC 3879
      ff00::/8                 SPECIAL     multicast, RFC 4291

      fd00:42::42/128          METADATA    Scaleway
      fd00:a9fe:a9fe::/48      METADATA    Linode
      fd00:c1::a9fe:a9fe/128   METADATA    Oracle Cloud
      fd00:ec2::/32            METADATA    AWS: instance data, time, DNS, pod credentials
      fd20:ce::254/128         METADATA    Google Cloud
      fd7a:115c:a1e0::53/128   METADATA    Tailscale resolver
      fdaa::3/128              METADATA    Fly.io resolver
      fe80::a9fe:a9fe/128      METADATA    OpenStack
      """;

  private static final List<Block> LONGEST_FIRST =
      TABLE
          .lines()
          .filter(line -> !line.isBlank())
          .map(Block::parse)
          .sorted(Comparator.comparingInt((Block block) -> block.network.prefix()).reversed())
          .toList();

  private AddressBlocks() {}

  private record Block(Network network, AddressClass addressClass) {
    static Block parse(String line) {
      String[] columns = line.split(" +", 3);
      return new Block(Network.parse(columns[0]), AddressClass.valueOf(columns[1]));
    }
  }

  /** A loop and no stream: every decision asks several times, and looks at a hundred blocks. */
  static AddressClass classOf(IpAddress address) {
    for (Block block : LONGEST_FIRST) {
      if (block.network.contains(address)) {
        return block.addressClass;
      }
    }
    return AddressClass.PUBLIC;
  }

  static Optional<AddressClass> containing(Network network) {
    boolean mixed = false;
    for (Block block : LONGEST_FIRST) {
      if (block.network.contains(network)) {
        return Optional.of(block.addressClass);
      }
      mixed |= network.contains(block.network);
    }
    return mixed ? Optional.empty() : Optional.of(AddressClass.PUBLIC);
  }
}
