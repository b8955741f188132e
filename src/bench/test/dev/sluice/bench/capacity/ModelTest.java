package dev.sluice.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {

  private static final Model TRUE = new Model(0.004, 0.4, 0.7, 40e-6, 1.3e-3);

  private static Usage usage(double down, double up, double messages, double tunnels) {
    Usage work = new Usage(5, down, up, messages, tunnels, 0);
    return new Usage(5, down, up, messages, tunnels, TRUE.cpu(work));
  }

  private static final List<Usage> MEASURED =
      List.of(
          usage(0, 0, 0, 0),
          usage(0.5, 0, 0, 0),
          usage(2, 0, 0, 0),
          usage(0, 1, 0, 0),
          usage(0, 0, 20_000, 0),
          usage(0, 0, 600, 600));

  @Test
  void whatAddsUpIsFoundOut() {
    Model model = Model.fit(MEASURED);
    assertThat(model.second()).isEqualTo(TRUE.second(), within(1e-9));
    assertThat(model.gbDown()).isEqualTo(TRUE.gbDown(), within(1e-9));
    assertThat(model.gbUp()).isEqualTo(TRUE.gbUp(), within(1e-9));
    assertThat(model.message()).isEqualTo(TRUE.message(), within(1e-12));
    assertThat(model.tunnel()).isEqualTo(TRUE.tunnel(), within(1e-12));
    Usage mixed = usage(1, 0.5, 10_000, 300);
    assertThat(model.cpu(mixed)).isEqualTo(mixed.cpu(), within(1e-9));
  }

  @Test
  void aLightLoadCountsAsMuchAsAHeavyOne() {
    List<Usage> measured = new ArrayList<>(MEASURED);
    // one kind of work that costs 1.0 when there is little of it and 0.5 when there is much
    measured.set(1, new Usage(5, 1, 0, 0, 0, 1 + 0.02));
    measured.set(2, new Usage(5, 10, 0, 0, 0, 5 + 0.02));
    double gbDown = Model.fit(measured).gbDown();
    assertThat(gbDown).isBetween(0.55, 0.65); // by absolute errors it were 0.505
  }

  @Test
  void whatWasNotMeasuredIsNamed() {
    assertThatThrownBy(() -> Model.fit(MEASURED.subList(0, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("part 3");
  }
}
