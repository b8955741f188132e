package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

  @ParameterizedTest(name = "{0}: {1} and not {2}")
  @CsvSource({
    "2001:db8:1:2::/64, 2001:db8:1:2:ffff::1, 2001:db8:1:3::1",
    "2001:db8:1:2::/65, 2001:db8:1:2:7fff::1, 2001:db8:1:2:8000::1",
    "2001:db8:1:2::/65, 2001:db8:1:2::, 2001:db8:5:2::",
    "2001:db8:1:2:8000::/65, 2001:db8:1:2:ffff::1, 2001:db8:1:2:7fff::1",
    "ffff:ffff:ffff:ffff::/127, ffff:ffff:ffff:ffff::1, ffff:ffff:ffff:ffff::2",
    "2001:db8::/63, 2001:db8:0:1::1, 2001:db8:0:2::1",
    "10.1.0.0/16, 10.1.255.255, 10.2.0.0"
  })
  void holdsWhatSharesItsPrefix(String network, String inside, String outside) {
    Network parsed = Network.parse(network);
    assertThat(parsed.contains(IpAddress.parse(inside))).isTrue();
    assertThat(parsed.contains(IpAddress.parse(outside))).isFalse();
  }

  @Test
  void bitsBelowThePrefixAreASlip() {
    assertThatThrownBy(() -> Network.parse("2001:db8:1:2:8000::/64"))
        .isInstanceOf(InvalidTargetException.class)
        .hasMessageContaining("the network is 2001:db8:1:2::");
  }
}
