package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void onlyPlainAsciiIsShownAsItIs() {
    assertThat(Quoted.of(" !~")).isEqualTo("' !~'");
    assertThat(Quoted.of("\u001f\u007f'\\\u00e4\n"))
        .isEqualTo("'\\u001f\\u007f\\u0027\\u005c\\u00e4\\u000a'");
  }

  @Test
  void whatIsLongIsCutAndSaysSo() {
    assertThat(Quoted.of("a".repeat(80))).isEqualTo("'" + "a".repeat(80) + "'");
    assertThat(Quoted.of("a".repeat(81))).isEqualTo("'" + "a".repeat(80) + "...'");
  }
}
