package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.tunnel.LaneChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "65536",
        "+22",
        "-1",
        "022",
        "0x16",
        "2 2",
        "22.0",
        "２２",
        "٢٢",
        "",
        "ssh",
        "99999999999999999999"
      })
  void whatIsNoPortIsRejected(String text) {
    assertThatThrownBy(() -> WholeNumber.PORT.parse(text)).isInstanceOf(WrongValue.class);
  }

  @Test
  void aPortIsOneTo65535() throws WrongValue {
    assertThat(WholeNumber.PORT.parse("1")).isEqualTo(1);
    assertThat(WholeNumber.PORT.parse("65535")).isEqualTo(65_535);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "0.0.0.0, 0.0.0.0",
    "::, ::",
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "localhost, localhost"
  })
  void aListenAddressIsALiteralOrLocalhost(String text, String value) throws WrongValue {
    assertThat(new ListenAddress().parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "gate.example",
        "LOCALHOST",
        "127.1",
        "[::1]",
        "127.0.0.1:80",
        "0177.0.0.1",
        "2130706433",
        "::1%lo"
      })
  void anyOtherListenAddressIsRejected(String text) {
    assertThatThrownBy(() -> new ListenAddress().parse(text)).isInstanceOf(WrongValue.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "on", "off", "True", "TRUE", "1", "0", "", "t"})
  void onlyTrueAndFalseAreBooleans(String text) {
    assertThatThrownBy(() -> new Truth().parse(text)).hasMessageContaining("write true or false");
  }

  @Test
  void trueIsTrueAndFalseIsFalse() throws WrongValue {
    assertThat(new Truth().parse("true")).isTrue();
    assertThat(new Truth().parse("false")).isFalse();
  }

  @Test
  void aChoiceIsOneOfItsWordsAndNothingNear() throws WrongValue {
    Choice<LaneChoice> lanes = Choice.of(LaneChoice.class);
    assertThat(lanes.parse("fast")).isEqualTo(LaneChoice.FAST);
    assertThat(lanes.format(LaneChoice.STANDARD)).isEqualTo("standard");
    for (String wrong : List.of("FAST", "quick", "", " fast")) {
      assertThatThrownBy(() -> lanes.parse(wrong))
          .isInstanceOf(WrongValue.class)
          .hasMessageContaining("standard, fast, auto");
    }
  }

  @Test
  void aListInOneTextIsCutAtItsCommas() throws WrongValue {
    ListType<Integer> ports = new ListType<>(WholeNumber.PORT, true);
    assertThat(ports.parse("")).isEmpty();
    assertThat(ports.parse("22")).containsExactly(22);
    assertThat(ports.parse("22, 80 ,443")).containsExactly(22, 80, 443);
    assertThatThrownBy(() -> ports.parse("22,,80")).isInstanceOf(WrongValue.class);
    assertThatThrownBy(() -> ports.parse("22,")).isInstanceOf(WrongValue.class);
    assertThatThrownBy(() -> ports.parse("22;80")).isInstanceOf(WrongValue.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "x.password",
        "SLUICE_AUTH_TOKEN",
        "client-secret",
        "private-key",
        "Tokens",
        "users.a.secret",
        "api-key[0]"
      })
  void aSecretIsKnownByItsName(String name) {
    assertThat(Secrets.isSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tunnel.ping", "passwordless", "keys", "token-lifetime", ""})
  void otherNamesAreNoSecrets(String name) {
    assertThat(Secrets.isSecret(name)).isFalse();
  }

  @Test
  void aSecretsWrongValueIsNotQuoted() {
    Problems problems = new Problems();
    assertThat(new Place("f", "a.password", problems).quote("hunter2")).isEqualTo("***");
    assertThat(new Place("property sluice.a.password", "", problems).quote("x")).isEqualTo("***");
    assertThat(new Place("f", "a.name", problems).quote("x")).isEqualTo("\"x\"");
  }

  @Test
  void aQuotedTextIsShortAndHarmless() {
    assertThat(Problems.quote("a\u001b[2J\nb\u202e")).isEqualTo("\"a\\u001b[2J\\u000ab\\u202e\"");
    assertThat(Problems.quote("x".repeat(100_000))).hasSize(63).endsWith("…\"");
    assertThat(Problems.quote("😀".repeat(61))).isEqualTo('"' + "😀".repeat(60) + "…\"");
  }
}
