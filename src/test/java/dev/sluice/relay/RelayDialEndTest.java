package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.SilentPort;
import dev.sluice.testkit.Await;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The ends of a tunnel that is not open yet. */
@Timeout(60)
class RelayDialEndTest extends RelayFixture {

  @Test
  void refusedDial() throws Exception {
    InetSocketAddress nobody = address();
    listener.close();
    make(SETTINGS);
    relay.start(List.of(nobody));
    assertEndedOnceBy(EndCause.CONNECT_FAILED);
  }

  @Test
  void theNextAddressIsDialledWhenTheFirstRefuses() throws Exception {
    make(SETTINGS);
    relay.start(List.of(new InetSocketAddress(address().getAddress(), 1), address()));
    target = listener.accept();
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
    relay.abort(EndCause.CLIENT_LOST, null);
    assertEndedOnceBy(EndCause.CLIENT_LOST);
  }

  @Test
  void bytesAndACloseDuringTheDialStillReachTheTarget() throws Exception {
    make(SETTINGS);
    byte[] early = Bytes.pattern(0, 10_000);
    fromClient(early);
    relay.clientClosed();
    relay.start(List.of(address()));
    target = listener.accept();
    assertThat(target.getInputStream().readAllBytes()).isEqualTo(early);
    target.close();
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void aCloseDuringTheDialWithNothingToSayEndsTheDial() throws Exception {
    make(SETTINGS);
    relay.clientClosed();
    relay.start(List.of(address()));
    assertEndedOnceBy(EndCause.CLIENT_CLOSED);
  }

  @Test
  void stoppingTheLoopsReleasesOpenAndDiallingTunnels() throws Exception {
    open();
    loops.stop(10);
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.used()).isZero();
    assertThat(port.closes).hasSize(1);
  }

  @Test
  void abortedDuringTheDialNothingIsDialledOn() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      make(Settings.of(SETTINGS, s -> s.dialTimeout = Duration.ofHours(1)));
      relay.start(List.of(silent.address()));
      Await.until("the dial is under way", () -> silent.dialsUnderWay() == 1);
      relay.abort(EndCause.REVOKED, null);
      assertEndedOnceBy(EndCause.REVOKED);
      Await.until("nobody waits for the answer", () -> silent.dialsUnderWay() == 0);
    }
  }

  @Test
  void abortedBeforeItsStartNothingIsDialled() throws Exception {
    make(SETTINGS);
    relay.abort(EndCause.REVOKED, "by intention");
    relay.start(List.of(address()));
    assertEndedOnceBy(EndCause.REVOKED);
    assertThat(detail).isEqualTo("by intention");
    assertThat(connected.getCount()).isEqualTo(1);
  }
}
