package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryShareTest {

  @Test
  void aPercentageIsTakenOfTheHeap() {
    assertThat(MemoryShare.ofPercent(50).bytes(1_000)).isEqualTo(500);
    assertThat(MemoryShare.ofPercent(90).bytes(Long.MAX_VALUE)).isPositive();
  }

  @Test
  void aSizeStaysWhateverTheHeap() {
    assertThat(MemoryShare.ofBytes(4_096).bytes(1_000_000)).isEqualTo(4_096);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "91, 0", "-1, 0", "50, 1", "0, -1"})
  void neitherAndBothAreNoBudget(int percent, long size) {
    assertThatThrownBy(() -> new MemoryShare(percent, size))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
