package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressClassTest {

  private static AddressClass of(String address) {
    return AddressClass.of(IpAddress.parse(address));
  }

  @ParameterizedTest(name = "{0} .. {1} is {2}")
  @CsvSource(
      textBlock =
          """
          # first, last, class, the class just before, the class just after
          0.0.0.0,         0.255.255.255,   SPECIAL,    ,        PUBLIC
          10.0.0.0,        10.255.255.255,  PRIVATE,    PUBLIC,  PUBLIC
          100.64.0.0,      100.127.255.255, PRIVATE,    PUBLIC,  PUBLIC
          127.0.0.0,       127.255.255.255, LOOPBACK,   PUBLIC,  PUBLIC
          169.254.0.0,     169.254.255.255, LINK_LOCAL, PUBLIC,  PUBLIC
          172.16.0.0,      172.31.255.255,  PRIVATE,    PUBLIC,  PUBLIC
          192.0.0.0,       192.0.0.255,     SPECIAL,    PUBLIC,  PUBLIC
          192.0.2.0,       192.0.2.255,     SPECIAL,    PUBLIC,  PUBLIC
          192.31.196.0,    192.31.196.255,  SPECIAL,    PUBLIC,  PUBLIC
          192.52.193.0,    192.52.193.255,  SPECIAL,    PUBLIC,  PUBLIC
          192.88.99.0,     192.88.99.255,   SPECIAL,    PUBLIC,  PUBLIC
          192.168.0.0,     192.168.255.255, PRIVATE,    PUBLIC,  PUBLIC
          192.175.48.0,    192.175.48.255,  SPECIAL,    PUBLIC,  PUBLIC
          198.18.0.0,      198.19.255.255,  SPECIAL,    PUBLIC,  PUBLIC
          198.51.100.0,    198.51.100.255,  SPECIAL,    PUBLIC,  PUBLIC
          203.0.113.0,     203.0.113.255,   SPECIAL,    PUBLIC,  PUBLIC
          224.0.0.0,       255.255.255.255, SPECIAL,    PUBLIC,
          100.100.100.100, 100.100.100.100, METADATA,   PRIVATE, PRIVATE
          100.100.100.200, 100.100.100.200, METADATA,   PRIVATE, PRIVATE
          168.63.129.16,   168.63.129.16,   METADATA,   PUBLIC,  PUBLIC
          169.254.169.0,   169.254.169.255, METADATA,   LINK_LOCAL, METADATA
          169.254.170.0,   169.254.170.255, METADATA,   METADATA, LINK_LOCAL
          192.0.0.192,     192.0.0.192,     METADATA,   SPECIAL, SPECIAL
          ::,              ::,              SPECIAL,    ,        LOOPBACK
          ::1,             ::1,             LOOPBACK,   SPECIAL, SPECIAL
          ::2,             ::fffe:ffff:ffff, SPECIAL,   LOOPBACK, SPECIAL
          ::1:0:0:0,       1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, SPECIAL, PUBLIC
          2001::,          2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PUBLIC
          2001:db8::,      2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PUBLIC
          2002::,          2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PUBLIC
          2620:4f:8000::,  2620:4f:8000:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PUBLIC
          3fff::,          3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PUBLIC
          4000::,          fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PUBLIC, PRIVATE
          fc00::,          fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, PRIVATE, SPECIAL, SPECIAL
          fe00::,          fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, PRIVATE, LINK_LOCAL
          fe80::,          febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, LINK_LOCAL, SPECIAL, SPECIAL
          fec0::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, SPECIAL, LINK_LOCAL,
          fd00:ec2::,      fd00:ec2:ffff:ffff:ffff:ffff:ffff:ffff, METADATA, PRIVATE, PRIVATE
          fd00:a9fe:a9fe::, fd00:a9fe:a9fe:ffff:ffff:ffff:ffff:ffff, METADATA, PRIVATE, PRIVATE
          fd00:42::42,     fd00:42::42,     METADATA,   PRIVATE, PRIVATE
          fd00:c1::a9fe:a9fe, fd00:c1::a9fe:a9fe, METADATA, PRIVATE, PRIVATE
          fd20:ce::254,    fd20:ce::254,    METADATA,   PRIVATE, PRIVATE
          fd7a:115c:a1e0::53, fd7a:115c:a1e0::53, METADATA, PRIVATE, PRIVATE
          fdaa::3,         fdaa::3,         METADATA,   PRIVATE, PRIVATE
          fe80::a9fe:a9fe, fe80::a9fe:a9fe, METADATA,   LINK_LOCAL, LINK_LOCAL
          """)
  void eachBlockEndsWhereTheRegistrySays(
      String first, String last, AddressClass inside, AddressClass before, AddressClass after) {
    assertThat(of(first)).isEqualTo(inside);
    assertThat(of(last)).isEqualTo(inside);
    if (before != null) {
      assertThat(AddressClass.of(step(first, -1))).isEqualTo(before);
    }
    if (after != null) {
      assertThat(AddressClass.of(step(last, 1))).isEqualTo(after);
    }
  }

  private static IpAddress step(String address, int by) {
    IpAddress from = IpAddress.parse(address);
    long low = from.low() + by;
    boolean carried = by > 0 ? low == 0 : low == -1;
    return new IpAddress(carried ? from.high() + by : from.high(), low);
  }

  @ParameterizedTest
  @CsvSource({
    "2606:4700:1::5efe:8.8.8.8",
    "2606:4700:1:0:200:5efe:808:808",
    "2606:4700:1:0:100:5efe:808:808",
    "2606:4700:1:0:300:5efe:808:808",
    "fd12::5efe:10.0.0.1"
  })
  void anIsatapInterfaceIdIsSpecialUnderAnyPrefix(String address) {
    assertThat(of(address)).isEqualTo(AddressClass.SPECIAL);
  }

  @Test
  void whatIsNeverAllowedAnywayKeepsItsClassWithAnIsatapInterfaceId() {
    assertThat(of("fe80::5efe:8.8.8.8")).isEqualTo(AddressClass.LINK_LOCAL);
  }

  @Test
  void anInterfaceIdThatOnlyResemblesIsatapIsNot() {
    assertThat(of("2606:4700:1:0:400:5efe:808:808")).isEqualTo(AddressClass.PUBLIC);
    assertThat(of("2606:4700:1::5eff:808:808")).isEqualTo(AddressClass.PUBLIC);
  }

  @Test
  void onlyGlobalUnicastIsEverPublicInIpv6() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      IpAddress address = new IpAddress(random.nextLong(), random.nextLong());
      if (AddressClass.of(address) == AddressClass.PUBLIC) {
        assertThat(address.high() >>> 61).isEqualTo(1);
      }
    }
  }

  @Test
  void everyIpv4SlashSixteenOutsideTheRegistryIsPublic() {
    int notPublic = 0;
    for (int high = 0; high < 65_536; high++) {
      // .200.1 is in none of the blocks that are longer than /16
      if (AddressClass.of(IpAddress.ofV4(high << 16 | 0xc801)) != AddressClass.PUBLIC) {
        notPublic++;
      }
    }
    int eights = 3 + 32; // 0, 10, 127 and 224 to 255
    int sixteens = 64 + 1 + 16 + 1 + 2; // 100.64/10, 169.254, 172.16/12, 192.168, 198.18/15
    assertThat(notPublic).isEqualTo(eights * 256 + sixteens);
  }

  @ParameterizedTest(name = "{0} lies in {1}")
  @CsvSource({
    "10.0.0.0/8, PRIVATE",
    "10.20.0.0/16, PRIVATE",
    "100.64.0.0/10, PRIVATE",
    "127.0.0.0/8, LOOPBACK",
    "::1/128, LOOPBACK",
    "fd00::/8, PRIVATE",
    "169.254.169.254/32, METADATA",
    "8.0.0.0/7, PUBLIC",
    "2600::/12, PUBLIC",
    "10.0.0.0/7,",
    "0.0.0.0/0,",
    "::/0,",
    "2000::/3,",
    "168.0.0.0/6,"
  })
  void aNetworkBelongsToAClassOnlyIfItLiesWhollyInItsBlock(String network, AddressClass expected) {
    assertThat(AddressClass.containing(Network.parse(network)))
        .isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void itsWordIsWhatRecordsSay() {
    assertThat(AddressClass.values())
        .extracting(AddressClass::word)
        .containsExactly(
            "public", "private", "loopback", "link-local", "metadata", "self", "special");
  }
}
