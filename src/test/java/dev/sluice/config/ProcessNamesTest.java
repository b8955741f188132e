package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sluice.tunnel.pnig | did you mean sluice.tunnel.ping?",
        "sluice.tunnel.highWater | did you mean sluice.tunnel.high-water?",
        "sluice.confg | did you mean sluice.config?",
        "sluice.whatever | is not a known key; remove it",
        "sluice. | is not a known key",
        "sluice.rules | is not a single value; write rules in the file that sluice.config names",
        "sluice.targets.a.address | is not a single value; write targets in the file",
        "sluice.auth.basic | is not a single value; write auth in the file",
      })
  void anUnknownPropertyIsReported(String name, String problem) {
    assertThat(Sources.none().property(name, "hunter2").problems())
        .singleElement()
        .asString()
        .startsWith("property " + name + ": ")
        .contains(problem)
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLUICE_TUNNEL_PNIG | did you mean SLUICE_TUNNEL_PING?",
        "SLUICE_TUNNEL_HIGHWATER | did you mean SLUICE_TUNNEL_HIGH_WATER?",
        "SLUICE_CONFIGG | did you mean SLUICE_CONFIG?",
        "SLUICE_RULES | is not a single value; write rules in the file",
        "SLUICE_PORT | is not a known key",
        "SLUICE_ | is not a known key",
      })
  void anUnknownVariableIsReported(String name, String problem) {
    assertThat(Sources.none().variable(name, "hunter2").problems())
        .singleElement()
        .asString()
        .startsWith("environment " + name + ": ")
        .contains(problem)
        .doesNotContain("hunter2");
  }

  @Test
  void eachWrongElementOfAListIsReportedByItself() {
    assertThat(
            Sources.none()
                .property("sluice.dns.servers", "10.0.0.1, ns.example")
                .variable("SLUICE_SELF_PORTS", "22,,ssh")
                .problems())
        .containsExactly(
            "property sluice.dns.servers: DNS server 'ns.example' must be an address, not a name;"
                + " write IP address[:port]",
            "environment SLUICE_SELF_PORTS: \"\" is not a whole number; write a number from 1 to"
                + " 65535",
            "environment SLUICE_SELF_PORTS: \"ssh\" is not a whole number; write a number from 1 to"
                + " 65535");
  }

  @Test
  void namesOfOtherSoftwareArePassedOver() {
    assertThat(
            Sources.none()
                .property("sluice-test.war", "x")
                .property("java.version", "17")
                .property("Sluice.x", "y")
                .property("sluice", "y")
                .variable("PATH", "/bin")
                .variable("sluice_tunnel_ping", "x")
                .variable("MY_SLUICE_X", "x")
                .problems())
        .isEmpty();
  }

  @Test
  void whatKubernetesSetsForAServiceOfOurNameIsPassedOver() {
    assertThat(
            Sources.none()
                .variable("SLUICE_SERVICE_HOST", "10.96.0.7")
                .variable("SLUICE_SERVICE_PORT", "8080")
                .variable("SLUICE_SERVICE_PORT_HTTP", "8080")
                .variable("SLUICE_PORT", "tcp://10.96.0.7:8080")
                .variable("SLUICE_PORT_8080_TCP", "tcp://10.96.0.7:8080")
                .variable("SLUICE_PORT_8080_TCP_ADDR", "10.96.0.7")
                .variable("SLUICE_METRICS_SERVICE_HOST", "10.96.0.8")
                .variable("SLUICE_METRICS_PORT", "tcp://10.96.0.8:80")
                .problems())
        .isEmpty();
  }
}
