package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Of hosts and ports there is one reading, whatever a client writes, or none. */
class GrammarPropertiesTest {

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> label =
        Combinators.combine(
                Arbitraries.strings().withCharRange('a', 'z').ofLength(1),
                Arbitraries.strings()
                    .withCharRange('a', 'z')
                    .numeric()
                    .withChars('-')
                    .ofMaxLength(20),
                Arbitraries.strings().withCharRange('a', 'z').ofLength(1))
            .as((first, middle, last) -> first + "x" + middle + last);
    return label.list().ofMinSize(1).ofMaxSize(8).map(labels -> String.join(".", labels));
  }

  @Property
  void aNameIsItselfInAnySpelling(@ForAll("names") String name) {
    Host host = Host.parse(name);
    assertThat(host.text()).isEqualTo(name);
    assertThat(Host.parse(name.toUpperCase(Locale.ROOT))).isEqualTo(host);
    assertThat(Host.parse(name + ".")).isEqualTo(host);
  }

  @Property
  void oneForeignCharacterAnywhereIsTheEndOfIt(
      @ForAll("names") String name, @ForAll @IntRange(max = 200) int where, @ForAll char foreign) {
    boolean known = foreign < 0x80 && (Character.isLetterOrDigit(foreign) || foreign == '-');
    if (known || foreign == '.' || foreign == ':') {
      return; // a part of the grammar; a colon makes it an address
    }
    int at = where % (name.length() + 1);
    String text = name.substring(0, at) + foreign + name.substring(at);
    assertThatThrownBy(() -> Host.parse(text)).isInstanceOf(InvalidTargetException.class);
  }

  @Property
  void anIpv4AddressHasOneSpelling(
      @ForAll @Size(4) List<@IntRange(max = 255) Integer> quad,
      @ForAll @IntRange(max = 3) int which) {
    String text = "%d.%d.%d.%d".formatted(quad.toArray());
    assertThat(Host.parse(text)).isInstanceOf(Host.Literal.class);
    assertThat(Host.parse(text).text()).isEqualTo(text);
    Object[] padded = quad.stream().map(String::valueOf).toArray();
    padded[which] = "0" + padded[which];
    String other = "%s.%s.%s.%s".formatted(padded);
    assertThatThrownBy(() -> Host.parse(other)).isInstanceOf(InvalidTargetException.class);
  }

  @Property
  void anIpv6AddressMeansWhatTheJdkTakesItFor(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    InetAddress jdk = InetAddress.getByAddress(bytes);
    String whole = jdk.getHostAddress();
    Host host = Host.parse("[" + (whole.indexOf(':') < 0 ? "::ffff:" + whole : whole) + "]");
    assertThat(((Host.Literal) host).address().toInetAddress()).isEqualTo(jdk);
    String shortened = host.text();
    assertThat(Host.parse(shortened)).isEqualTo(host);
    assertThat(Host.parse(shortened.toUpperCase(Locale.ROOT))).isEqualTo(host);
  }

  @Property
  void aPortIsItsDigitsAndNothingElse(
      @ForAll @IntRange(min = 1, max = 65_535) int port, @ForAll char foreign) {
    String digits = Integer.toString(port);
    assertThat(Port.parse(digits)).isEqualTo(port);
    if (foreign < '1' || foreign > '9') {
      assertThatThrownBy(() -> Port.parse(foreign + digits))
          .isInstanceOf(InvalidTargetException.class);
    }
    if (foreign < '0' || foreign > '9') {
      assertThatThrownBy(() -> Port.parse(digits + foreign))
          .isInstanceOf(InvalidTargetException.class);
    }
  }
}
