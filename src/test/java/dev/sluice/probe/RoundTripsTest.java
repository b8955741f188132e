package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTripsTest {

  @Test
  void oneSampleIsItsOwnAverageAndDoesNotDeviate() {
    assertThat(RoundTrips.of(420_000)).isEqualTo(new RoundTrips(420_000, 420_000, 420_000, 0));
  }

  @Test
  void theDeviationIsThatOfThePopulation() {
    assertThat(RoundTrips.of(2, 4, 4, 4, 5, 5, 7, 9)).isEqualTo(new RoundTrips(2, 5, 9, 2));
  }

  @Test
  void noSampleHasNoFigures() {
    assertThatThrownBy(RoundTrips::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void lostSamplesDoNotCountInTheFigures() {
    PingResult result =
        new PingResult(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 22),
            List.of(
                PingSample.connected(10),
                PingSample.lost(ProbeFailure.CONNECT_TIMEOUT, "no answer in time"),
                PingSample.connected(30)));
    assertThat(result.lost()).isEqualTo(1);
    assertThat(result.roundTrips()).contains(new RoundTrips(10, 20, 30, 10));
  }
}
