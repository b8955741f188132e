package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "[::1], ::1",
    "::FFFF:10.0.0.1, 10.0.0.1",
    "::ffff:a00:1, 10.0.0.1",
    "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
    "0000:0000:0000:0000:0000:ffff:255.255.255.255, 255.255.255.255",
    "Example.COM., example.com",
    "localhost, localhost",
    "a-b.1.x, a-b.1.x",
    "XN--Bcher-KVA.example, xn--bcher-kva.example",
    "xn--strae-oqa.de, xn--strae-oqa.de",
    "xn--p1ai, xn--p1ai",
    "r3---sn-abc.example, r3---sn-abc.example",
    "a.0xg, a.0xg"
  })
  void isReadIntoItsCanonicalText(String text, String canonical) {
    assertThat(Host.parse(text).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        ".a",
        "a b",
        "a_b.example",
        "-a.example",
        "a-.example",
        "a/b",
        "127.1",
        "0x7f.1",
        "2130706433",
        "127.0.0.01",
        "1.2.3.4.",
        "1.2.3.256",
        "a.0x",
        "a.0xff",
        "a.0x0",
        "[10.0.0.1]",
        "[::1",
        "::1]",
        "[::1]x",
        "[]",
        "fe80::1%eth0",
        "1::2::3",
        ":::",
        ":1::",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "12345::",
        "::1.2.3",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "xn--a.example",
        "xn--.example",
        "xn---.example",
        "xn--99999999.example",
        "b\u00fccher.example",
        "\uff11.2.3.4",
        "::\uff11",
        "a\u0000b",
        "a\r\nb"
      })
  void isRefusedWithPrintableWords(String text) {
    assertThatThrownBy(() -> Host.parse(text))
        .isInstanceOf(InvalidTargetException.class)
        .message()
        .matches("[ -~]+");
  }

  @Test
  void anInternationalNameIsToldApartFromASlip() {
    assertThatThrownBy(() -> Host.parse("b\u0080.example")).hasMessageContaining("xn--");
    assertThatThrownBy(() -> Host.parse("b\u007f.example")).hasMessageContaining("no letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "."})
  void anEmptyHostIsNamedSo(String text) {
    assertThatThrownBy(() -> Host.parse(text)).hasMessage("the host is empty");
  }

  @Test
  void aNameMayHave253CharactersAndALabel63() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(61));
    assertThat(Host.parse(longest + ".").text()).hasSize(253);
    assertThatThrownBy(() -> Host.parse(longest + "b")).hasMessageContaining("253");
    assertThatThrownBy(() -> Host.parse(label + "a.example")).hasMessageContaining("63");
  }

  @Test
  void whatIsWrittenIsReadBackAndTheJdkAgrees() throws Exception {
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      IpAddress address = new IpAddress(sparse(random), sparse(random));
      assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
      InetAddress jdk = InetAddress.getByName(address.toString());
      assertThat(IpAddress.of(jdk)).isEqualTo(address);
    }
  }

  /** Four groups of which about half are zero, so that runs of zeros of every length come up. */
  private static long sparse(Random random) {
    long groups = 0;
    for (int i = 0; i < 4; i++) {
      groups = groups << 16 | (random.nextBoolean() ? random.nextInt(0x10000) : 0);
    }
    return groups;
  }

  @Test
  void aSocketAddressNeedsNoLookupForItsName() {
    InetAddress v4 = IpAddress.parse("::ffff:192.0.2.1").toInetAddress();
    InetAddress v6 = IpAddress.parse("2001:db8::1").toInetAddress();
    assertThat(v4).isInstanceOf(Inet4Address.class);
    assertThat(v6).isInstanceOf(Inet6Address.class);
    // the JDK would ask DNS for a name if it had none
    assertThat(v4.getHostName()).isEqualTo("192.0.2.1");
    assertThat(v6.getHostName()).isEqualTo("2001:db8::1");
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "a.example:22, a.example:22",
    "10.0.0.1:1, 10.0.0.1:1",
    "[::1]:65535, [::1]:65535",
    "[::ffff:10.0.0.1]:22, 10.0.0.1:22",
    "A.Example.:22, a.example:22"
  })
  void hostAndPortAreReadTogether(String text, String canonical) {
    assertThat(HostPort.parse(text).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "[::1]", "[::1]22", "[::1"})
  void whatLacksItsPortIsToldSo(String text) {
    assertThatThrownBy(() -> HostPort.parse(text)).hasMessageContaining("is not host:port");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void aNumberThatIsNoPortIsRefused(int port) {
    Host host = Host.parse("a.example");
    assertThatThrownBy(() -> new HostPort(host, port)).hasMessageContaining("from 1 to 65535");
  }

  @Test
  void whatLacksItsHostIsToldSo() {
    assertThatThrownBy(() -> HostPort.parse(":22")).hasMessage("the host is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example:",
        ":22",
        "a:0",
        "a:65536",
        "a:022",
        "a:+22",
        "a:-1",
        "a: 22",
        "a:22 ",
        "a:\u0662\u0662",
        "a:\uff12\uff12",
        "a:0x16",
        "a:99999999999999999999",
        "::1:22",
        "[::1]22",
        "[::1]",
        "[a]:22",
        "a:22:22",
        "[::1]:22:22",
        "x[::1]:22",
        "[",
        "]:1",
        ""
      })
  void hostAndPortAreRefusedTogether(String text) {
    assertThatThrownBy(() -> HostPort.parse(text))
        .isInstanceOf(InvalidTargetException.class)
        .message()
        .matches("[ -~]+");
  }
}
