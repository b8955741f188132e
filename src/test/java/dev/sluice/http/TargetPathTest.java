package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPathTest {

  @ParameterizedTest
  @CsvSource({
    "db.corp.example:22,db.corp.example,22",
    "10.0.0.1:5432,10.0.0.1,5432",
    "[::1]:22,[::1],22",
    "%5B::1%5D:22,[::1],22",
    "%5b%3A%3a1%5d%3A22,[::1],22",
    "db%3A22,db,22"
  })
  void hostAndPortAreTakenApart(String raw, String host, String port) {
    assertThat(TargetPath.parse(raw, null)).isEqualTo(new TargetPath(host, port));
    assertThat(TargetPath.parse(raw, "22")).isEqualTo(new TargetPath(host, port));
  }

  @ParameterizedTest
  @CsvSource({"db,db", "[::1],[::1]", "%5B::1%5D,[::1]"})
  void aHostAloneHasTheDefaultPort(String raw, String host) {
    assertThat(TargetPath.parse(raw, "22")).isEqualTo(new TargetPath(host, "22"));
    assertThatThrownBy(() -> TargetPath.parse(raw, null)).isInstanceOf(RefusalException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%2fb:22",
        "a%2Fb:22",
        "db:%32%32",
        "%64b:22",
        "%31%32%37.0.0.1:22",
        "db%00:22",
        "db:22%20",
        "db%3B:22",
        "fe80::1%25eth0:22",
        "[fe80::1%25lo]:22",
        "%255B::1%255D:22",
        "db%",
        "db%5",
        "db%zz:22",
        "%c0%af:22"
      })
  void everyOtherEscapeIsRefused(String raw) {
    assertThatThrownBy(() -> TargetPath.parse(raw, "22"))
        .isInstanceOf(RefusalException.class)
        .hasMessageStartingWith("the path has the escape");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"::1:22", "::1", "[::1:22", "[::1]22", "[::1]]:22", "a:b:22", "[::1]:22:"})
  void whatCannotBeToldApartIsRefused(String raw) {
    assertThatThrownBy(() -> TargetPath.parse(raw, "22")).isInstanceOf(RefusalException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "db:22;jsessionid=1,db,22;jsessionid=1",
    ";x=y/db:22,;x=y/db,22",
    "db:22/,db,22/",
    "../db:22,../db,22"
  })
  void nothingIsCutOffThatTheGrammarWouldRefuse(String raw, String host, String port) {
    assertThat(TargetPath.parse(raw, null)).isEqualTo(new TargetPath(host, port));
  }

  @Test
  void whatFollowsThePrefixIsTaken() {
    assertThat(TargetPath.below("/sluice/ping/db:22", "/sluice/ping/")).isEqualTo("db:22");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sluice/ping",
        "/sluice//ping/db:22",
        "/sluice/p%69ng/db:22",
        "/sluice;a=b/ping/db:22",
        "/sluice/x/../ping/db:22"
      })
  void anAddressWrittenInARoundaboutWayIsRefused(String rawPath) {
    assertThatThrownBy(() -> TargetPath.below(rawPath, "/sluice/ping/"))
        .isInstanceOf(RefusalException.class);
  }
}
