package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RelayStatsTest {

  @Test
  void eachFigureIsThatOfItsDirection() throws IOException {
    ChunkPool pool = new ChunkPool(new MemoryBudget(1L << 30));
    Upstream up = new Upstream(pool, RelaySettings.defaults());
    Downstream down = new Downstream(pool, RelaySettings.defaults());
    FakePort port = new FakePort();
    up.bind(port, null);
    down.bind(port, null);
    up.write(ByteBuffer.allocate(300));
    down.fill(new Bytes.Source(20, 20), Bytes.PASSAGE);
    down.pauses().begin();
    down.pauses().end();
    up.pauses().begin();
    RelayStats stats = RelayStats.of(up, down);
    assertThat(stats.bytesUp()).isEqualTo(300);
    assertThat(stats.bytesDown()).isEqualTo(20);
    assertThat(stats.bufferedUp()).isEqualTo(300);
    assertThat(stats.bufferedDown()).isEqualTo(20);
    assertThat(stats.buffered()).isEqualTo(320);
    assertThat(stats.pausedUp()).isTrue();
    assertThat(stats.pausedDown()).isFalse();
    assertThat(stats.pausedNanosUp()).isPositive();
    assertThat(stats.pausedNanosDown()).isEqualTo(down.pauses().nanos()).isPositive();
    assertThat(stats.mark()).isEqualTo(RelaySettings.HIGH_WATER_MARK);
  }

  @Test
  void anIdleDirectionHasStoodForNoTime() {
    ChunkPool pool = new ChunkPool(new MemoryBudget(1L << 30));
    RelayStats stats =
        RelayStats.of(
            new Upstream(pool, RelaySettings.defaults()),
            new Downstream(pool, RelaySettings.defaults()));
    assertThat(stats)
        .isEqualTo(new RelayStats(0, 0, 0, 0, 0, 0, false, false, RelaySettings.HIGH_WATER_MARK));
  }
}
