package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfAddressesTest {
  private static final int OWN_PORT = 8080;
  private final Policies policies = new Policies().ownAddress("10.1.2.3").ownAddress("8.8.8.8");

  @ParameterizedTest(name = "{0} port {1} by {2}: {3}")
  @CsvSource({
    "10.1.2.3, 22, 10.0.0.0/8, true",
    "10.1.2.3, 8080, 10.0.0.0/8, false",
    "10.1.2.3, 8080, 10.1.2.3, false",
    "10.1.2.4, 8080, 10.0.0.0/8, true",
    "10.1.2.3, 22, public, false",
    "10.1.2.3, 22, 0.0.0.0/0, false",
    "8.8.8.8, 22, public, false",
    "8.8.8.8, 22, 0.0.0.0/0, false",
    "8.8.8.8, 22, 8.8.8.0/24, true",
    "8.8.8.8, 8080, 8.8.8.0/24, false",
    "127.0.0.1, 22, 127.0.0.0/8, true",
    "127.0.0.1, 8080, 127.0.0.0/8, false",
    "127.1.2.3, 8080, 127.0.0.0/8, false",
    "[::1], 8080, ::1, false",
    "[::1], 8081, ::1, true"
  })
  void anOwnAddressIsLiftedByANetworkOfItsOwnButNotOnAnOwnPort(
      String host, int port, String network, boolean allowed) {
    policies.self.learnPort(OWN_PORT);
    assertThat(policies.allow("", network).allows(host + ":" + port)).isEqualTo(allowed);
  }

  @Test
  void aFrontIsSelfOnEveryPortForRulesAndNamedTargets() {
    policies.front("10.9.0.0/24").allow("", "10.0.0.0/8").target("lb", "10.9.0.1:443", "");
    assertThat(policies.allows("10.9.0.1:22")).isFalse();
    assertThat(policies.open("lb")).isInstanceOf(Decision.Denied.class);
    assertThat(policies.open("lb").answers()).hasToString("[10.9.0.1 (self)]");
    assertThat(policies.allows("10.9.1.1:22")).isTrue();
  }

  @Test
  void aNamedTargetLiftsAnOwnAddressExceptOnAnOwnPort() {
    policies.target("ssh", "10.1.2.3:22", "").target("me", "10.1.2.3:8080", "");
    assertThat(policies.open("me")).isInstanceOf(Decision.Allowed.class);
    policies.self.learnPort(OWN_PORT);
    assertThat(policies.open("ssh")).isInstanceOf(Decision.Allowed.class);
    assertThat(policies.open("me")).isInstanceOf(Decision.Denied.class);
  }

  @Test
  void everyAddressOfThisMachinesInterfacesIsItsOwn() throws Exception {
    SelfAddresses self = SelfAddresses.ofThisMachine();
    self.learnPort(OWN_PORT);
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InterfaceAddress bound : each.getInterfaceAddresses()) {
        IpAddress address = IpAddress.of(bound.getAddress());
        Answer answer = self.classify(address, OWN_PORT, List.of());
        assertThat(SelfAddresses.isOnInterface(address) || bound.getAddress().isLinkLocalAddress())
            .isTrue();
        assertThat(answer.liftable()).isFalse();
        // an interface may be numbered from a block that is refused in its own name
        assertThat(answer.addressClass())
            .isIn(AddressClass.SELF, AddressClass.LINK_LOCAL, AddressClass.SPECIAL);
      }
    }
    assertThat(SelfAddresses.isOnInterface(IpAddress.parse("8.8.8.8"))).isFalse();
    assertThat(self.classify(IpAddress.parse("8.8.8.8"), OWN_PORT, List.of()))
        .isEqualTo(new Answer(IpAddress.parse("8.8.8.8"), AddressClass.PUBLIC, false));
  }

  @Test
  void whatIsNoPortIsNotLearnt() {
    policies.self.learnPort(-1);
    policies.self.learnPort(0);
    assertThat(policies.allow("", "127.0.0.0/8").allows("127.0.0.1:1")).isTrue();
  }
}
