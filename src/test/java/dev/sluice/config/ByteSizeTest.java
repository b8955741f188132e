package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  private static final ByteSize ANY = new ByteSize(1, Long.MAX_VALUE - 1, "");

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1048576, 1048576",
    "1KiB, 1024",
    "64KiB, 65536",
    "1MiB, 1048576",
    "3GiB, 3221225472",
    "1000KiB, 1024000"
  })
  void aSizeIsPlainBytesOrABinaryUnit(String text, long bytes) throws WrongValue {
    assertThat(ANY.parse(text)).isEqualTo(bytes);
    assertThat(ANY.parse(ANY.format(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "64kB | the unit kB, which is not known here; write 64KiB",
        "64KB | the unit KB, which is not known here; write 64KiB",
        "64k | write 64KiB",
        "1MB | write 1MiB",
        "1mib | write 1MiB",
        "1M | write 1MiB",
        "2G | write 2GiB",
        "10B | write 10: plain numbers are bytes",
        "1TiB | the units are KiB, MiB and GiB",
        "1.5MiB | has a fraction; write a whole number of a smaller unit",
        "1 MiB | has a space in it; write 1MiB",
        "01KiB | begins with 0",
        "-1 | is not a size",
        "+1 | is not a size",
        "1_000 | is not a size",
        "１KiB | is not a size",
        "0x10 | is not a size",
        "MiB | is not a size",
        "'' | is not a size",
        "' ' | is not a size",
        "50% | is not a size",
        "1MiB2 | is not a size",
        "9223372036854775807 | is out of range",
        "9007199254740992GiB | is out of range",
        "99999999999999999999GiB | is out of range",
      })
  void whatIsNoSizeIsRejectedWithAdvice(String text, String message) {
    assertThatThrownBy(() -> ANY.parse(text))
        .isInstanceOf(WrongValue.class)
        .hasMessageContaining(message);
  }

  @Test
  void bothLimitsAreInside() throws WrongValue {
    ByteSize type = new ByteSize(65_536, 1 << 20, "");
    assertThat(type.parse("64KiB")).isEqualTo(65_536);
    assertThat(type.parse("1MiB")).isEqualTo(1_048_576);
    assertThatThrownBy(() -> type.parse("65535"))
        .hasMessage("is out of range; write a size from 64KiB to 1MiB");
    assertThatThrownBy(() -> type.parse("1048577")).hasMessageContaining("is out of range");
    assertThatThrownBy(() -> type.parse("0")).hasMessageContaining("is out of range");
  }

  @Test
  void zeroIsAllowedWhereItMeansSomething() throws WrongValue {
    ByteSize type = new ByteSize(4_096, 8_192, "the system's choice");
    assertThat(type.parse("0")).isZero();
    assertThat(type.parse("0KiB")).isZero();
    assertThatThrownBy(() -> type.parse("1")).hasMessageContaining("or 0 for the system's choice");
  }

  @Test
  void aBudgetIsAPercentageOrASize() throws WrongValue {
    BudgetType type = new BudgetType();
    assertThat(type.parse("1%").percent()).isEqualTo(1);
    assertThat(type.parse("90%").percent()).isEqualTo(90);
    assertThat(type.parse("1MiB").size()).isEqualTo(1_048_576);
    assertThat(type.format(type.parse("512MiB"))).isEqualTo("512MiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0%", "91%", "100%", "%", "1.5%", "-5%", "50 %", "1023KiB", "0", "half"})
  void whatIsNoBudgetIsRejected(String text) {
    assertThatThrownBy(() -> new BudgetType().parse(text)).isInstanceOf(WrongValue.class);
  }
}
