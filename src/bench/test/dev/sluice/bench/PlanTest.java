package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Test
  void everyRoundBeginsWithTheNextOne() {
    List<String> all = List.of("a", "b", "c");
    assertThat(Plan.rotated(all, 0)).containsExactly("a", "b", "c");
    assertThat(Plan.rotated(all, 1)).containsExactly("b", "c", "a");
    assertThat(Plan.rotated(all, 5)).containsExactly("c", "a", "b");
    assertThat(Plan.rotated(List.of(), 4)).isEmpty();
  }
}
