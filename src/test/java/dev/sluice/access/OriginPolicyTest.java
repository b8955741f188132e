package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

  private static final OriginPolicy SELF = OriginPolicy.of(List.of("self"));

  @Test
  void aRequestWithoutAnOriginPasses() {
    assertThat(SELF.allows(null, "http", "localhost:8080")).isTrue();
    assertThat(OriginPolicy.of(List.of()).allows(null, "http", null)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, http, localhost:8080",
    "HTTP://LocalHost:8080, http, LOCALHOST:8080",
    "http://gate.example, http, gate.example:80",
    "https://gate.example:443, https, gate.example",
    "http://[::1]:8080, http, [0:0:0:0:0:0:0:1]:8080",
  })
  void selfIsTheSchemeAndHostOfTheRequest(String origin, String scheme, String host) {
    assertThat(SELF.allows(origin, scheme, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8081, http, localhost:8080",
    "https://localhost:8080, http, localhost:8080",
    "http://localhost, http, localhost:8080",
    "http://evil.example, http, gate.example",
    "http://gate.example.evil.example, http, gate.example",
    "http://gate.example@evil.example, http, gate.example",
    "http://gate.example/, http, gate.example",
    "http://gate.example http://evil.example, http, gate.example",
    "https://gate.example:80, https, gate.example",
  })
  void selfIsNothingElse(String origin, String scheme, String host) {
    assertThat(SELF.allows(origin, scheme, host)).isFalse();
  }

  @Test
  void selfNeedsAHostToCompareWith() {
    assertThat(SELF.allows("http://localhost", "http", null)).isFalse();
    assertThat(SELF.allows("http://localhost", "http", "")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "", " ", "://", "http://", "self", "*", "http://a:99999", "http://[::1"})
  void whatIsNoOriginIsRefused(String header) {
    OriginPolicy policy = OriginPolicy.of(List.of("self", "https://app.example"));
    assertThat(policy.allows(header, "http", "localhost")).isFalse();
  }

  @Test
  void anEmptyListRefusesEveryBrowser() {
    assertThat(OriginPolicy.of(List.of()).allows("http://h", "http", "h")).isFalse();
  }

  @Test
  void anExactOriginPassesWhateverTheHost() {
    OriginPolicy policy = OriginPolicy.of(List.of("https://App.Example:443", "app://bundle"));
    assertThat(policy.allows("https://app.example", "http", "gate.example")).isTrue();
    assertThat(policy.allows("app://bundle", "http", null)).isTrue();
    assertThat(policy.allows("https://app.example:8443", "http", "gate.example")).isFalse();
    assertThat(policy.allows("http://app.example", "http", "gate.example")).isFalse();
    assertThat(policy.allows("https://sub.app.example", "http", "gate.example")).isFalse();
  }

  @Test
  void withoutSelfTheRequestsOwnOriginIsRefused() {
    OriginPolicy policy = OriginPolicy.of(List.of("https://app.example"));
    assertThat(policy.allows("http://gate.example", "http", "gate.example")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "self, self",
    "HTTPS://App.Example:443, https://app.example",
    "http://app.example:80, http://app.example",
    "http://app.example:443, http://app.example:443",
    "http://[::1]:8080, http://[0:0:0:0:0:0:0:1]:8080",
    "moz-extension://0a1b-2c, moz-extension://0a1b-2c",
  })
  void anEntryHasOneCanonicalForm(String entry, String canonical) {
    assertThat(OriginPolicy.canonical(entry)).isEqualTo(canonical);
    assertThat(OriginPolicy.canonical(canonical)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* | wildcard",
        "https://*.example.com | wildcard",
        "null | sandboxed",
        "Self | write self",
        "app.example.com | has no scheme",
        "app.example.com:443 | has no scheme",
        "://app.example | has no scheme",
        "https:// | is not an origin",
        "https:///x | has no host",
        "https://App.example/ | write https://app.example",
        "https://app.example/console | write https://app.example",
        "https://app.example?x | has a path",
        "https://user@app.example | user name",
        "https://bücher.example | xn--",
        "https://app.example:0 | is not an origin",
        "https://app.example:65536 | is not an origin",
        "https://app.example: | is not an origin",
        "https://[::1 | is not an origin",
        "https://[::1%25lo] | is not an origin",
        "https://[1.2.3] | is not an origin",
        "https://a b | is not an origin",
        "wss://app.example:8443 | write https://app.example:8443",
        "ws://app.example | write http://app.example",
      })
  void aWrongEntryIsRejectedWithAdvice(String entry, String advice) {
    assertThatThrownBy(() -> OriginPolicy.of(List.of("self", entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(advice)
        .hasMessageContaining("; ");
    assertThatThrownBy(() -> OriginPolicy.canonical(entry))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
