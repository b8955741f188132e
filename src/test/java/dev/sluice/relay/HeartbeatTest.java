package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final FakePort port = new FakePort();
  private final List<Long> ids = new ArrayList<>();
  private final Heartbeat heartbeat = new Heartbeat(port);

  HeartbeatTest() {
    port.onPing = ids::add;
  }

  @Test
  void everyPingHasAnIdOfItsOwn() {
    heartbeat.beat();
    heartbeat.beat();
    heartbeat.sayFarewell();
    assertThat(ids).containsExactly(1L, 2L, 3L);
  }

  @Test
  void onlyASecondRefusalInARowSaysThatTheClientIsGone() {
    assertThat(heartbeat.beat()).isTrue();
    port.open = false;
    assertThat(heartbeat.beat()).isTrue();
    port.open = true;
    assertThat(heartbeat.beat()).isTrue();
    port.open = false;
    assertThat(heartbeat.beat()).isTrue();
    assertThat(heartbeat.beat()).isFalse();
  }

  @Test
  void aFarewellIsAnsweredByItsOwnPongOnly() {
    heartbeat.beat();
    assertThat(heartbeat.isFarewell(1)).isFalse();
    assertThat(heartbeat.sayFarewell()).isTrue();
    assertThat(heartbeat.isFarewell(1)).isFalse();
    assertThat(heartbeat.isFarewell(2)).isTrue();
    assertThat(heartbeat.isFarewell(3)).isFalse();
  }

  @Test
  void noPongAnswersAFarewellThatWasNotSaid() {
    for (long id = -1; id <= 1; id++) {
      assertThat(heartbeat.isFarewell(id)).isFalse();
    }
  }

  @Test
  void aFarewellThatIsRefusedIsAnsweredByNobody() {
    port.open = false;
    assertThat(heartbeat.sayFarewell()).isFalse();
  }
}
