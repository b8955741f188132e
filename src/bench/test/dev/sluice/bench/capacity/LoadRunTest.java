package dev.sluice.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.load.Address;
import dev.sluice.testkit.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A load with nothing between the tool and its targets. */
@Timeout(60)
class LoadRunTest {

  private static final Load LITTLE = new Load("little", 2_000_000, 1_000_000, 5, 0.1, 3, 1);

  @Test
  void everyKindOfWorkIsDoneAndCounted() throws Exception {
    double[] cpu = {1};
    try (LoadRun run = new LoadRun(LITTLE, target -> Address.tcp(target.port()))) {
      run.open();
      assertThat(run.tunnels()).isEqualTo(4 + 4 + 5 + 3 + 1);
      Usage usage = run.carry(2.5, () -> cpu[0]++);
      assertThat(usage.seconds()).isGreaterThanOrEqualTo(2.5);
      assertThat(usage.gbDown()).isPositive();
      assertThat(usage.gbUp()).isPositive();
      assertThat(usage.messages()).isPositive();
      assertThat(usage.tunnels()).isPositive();
      assertThat(usage.cpu()).isEqualTo(1);
    }
  }

  @Test
  void nobodyThereIsAnError() throws Exception {
    int nobody = Ports.free();
    try (LoadRun run = new LoadRun(LITTLE, target -> Address.tcp(nobody))) {
      assertThatThrownBy(run::open).hasMessageContaining("refused");
    }
  }
}
