package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSpanTest {

  private static final TimeSpan ANY =
      new TimeSpan(Duration.ofMillis(1), Duration.ofDays(1000), "never");

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S, 250ms",
    "5s, PT5S, 5s",
    "25m, PT25M, 25m",
    "1h, PT1H, 1h",
    "2d, PT48H, 2d",
    "60s, PT1M, 1m",
    "90m, PT90M, 90m",
    "1500ms, PT1.5S, 1500ms",
    "0s, PT0S, 0s",
    "0ms, PT0S, 0s"
  })
  void aDurationIsAWholeNumberAndAUnit(String text, Duration value, String shown)
      throws WrongValue {
    assertThat(ANY.parse(text)).isEqualTo(value);
    assertThat(ANY.format(value)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | has no unit; write 5s if seconds are meant, 5ms if milliseconds",
        "0 | has no unit; write 0s",
        "1h30m | has more than one unit; write it in the smallest",
        "1.5s | has a fraction; write a whole number of a smaller unit",
        "5 s | has a space in it; write 5s",
        "5S | has the unit S, which is not known here; the units are ms, s, m, h and d",
        "5sec | has the unit sec",
        "5min | has the unit min",
        "1w | has the unit w",
        "PT5S | is not a duration",
        "-5s | is not a duration",
        "+5s | is not a duration",
        "05s | begins with 0",
        "５s | is not a duration",
        "s | is not a duration",
        "'' | is not a duration",
        "never | is not a duration",
        "1001d | is out of range; write a duration from 1ms to 1000d, or 0s for never",
        "99999999999999999d | is out of range",
        "99999999999999999999999s | is out of range",
      })
  void whatIsNoDurationIsRejectedWithAdvice(String text, String message) {
    assertThatThrownBy(() -> ANY.parse(text))
        .isInstanceOf(WrongValue.class)
        .hasMessageContaining(message);
  }

  @Test
  void bothLimitsAreInsideAndZeroIsNot() throws WrongValue {
    TimeSpan type = new TimeSpan(Duration.ofMillis(100), Duration.ofMinutes(2), "");
    assertThat(type.parse("100ms")).isEqualTo(Duration.ofMillis(100));
    assertThat(type.parse("120s")).isEqualTo(Duration.ofMinutes(2));
    assertThatThrownBy(() -> type.parse("99ms"))
        .hasMessage("is out of range; write a duration from 100ms to 2m");
    assertThatThrownBy(() -> type.parse("120001ms")).hasMessageContaining("is out of range");
    assertThatThrownBy(() -> type.parse("0s")).hasMessageContaining("is out of range");
  }
}
