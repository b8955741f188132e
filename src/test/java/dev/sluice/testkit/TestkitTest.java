package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.TargetConnection.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/** The kit itself: a checker that misses a defect would make every suite green. */
class TestkitTest {

  private static final BytePattern PATTERN = new BytePattern(7);

  @Test
  void patternIsTheSameHoweverItIsCut() {
    byte[] whole = PATTERN.bytes(0, 1000);
    for (int cut : new int[] {1, 7, 8, 9, 500}) {
      PatternCheck check = new PatternCheck(PATTERN);
      for (int done = 0; done < 1000; done += cut) {
        check.accept(whole, done, Math.min(cut, 1000 - done));
      }
      check.assertExactly(1000);
    }
  }

  @Test
  void aSwappedALostAndARepeatedByteAllShow() {
    byte[] swapped = PATTERN.bytes(0, 100);
    byte kept = swapped[40];
    swapped[40] = swapped[41];
    swapped[41] = kept;
    byte[] lost = PATTERN.bytes(1, 100);
    PatternCheck repeated = new PatternCheck(PATTERN);
    repeated.accept(PATTERN.bytes(0, 100), 0, 100);
    repeated.accept(PATTERN.bytes(99, 100), 0, 100);

    assertThat(PATTERN.mismatch(0, swapped, 0, 100)).isEqualTo(40);
    assertThat(PATTERN.mismatch(0, lost, 0, 100)).isNotNegative();
    assertThatThrownBy(repeated::assertIntact).isInstanceOf(AssertionError.class);
  }

  @Test
  void aTargetTellsAResetFromACleanEnd() throws IOException {
    try (TcpTarget target = Targets.silent()) {
      Socket clean = connect(target);
      clean.close();
      Await.until("first", () -> target.accepted() == 1 && target.connections().get(0).finished());
      Socket rude = connect(target);
      rude.setSoLinger(true, 0);
      rude.close();
      Await.until("second", () -> target.accepted() == 2 && target.connections().get(1).finished());

      assertThat(target.connections().get(0).end()).isEqualTo(End.FIN);
      assertThat(target.connections().get(1).end()).isEqualTo(End.RESET);
    }
  }

  @Test
  void nobodyAnswersAtAnUnansweringPort() throws IOException {
    try (UnansweringPort port = new UnansweringPort();
        Socket socket = new Socket()) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port());

      assertThatThrownBy(() -> socket.connect(address, 500))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void metricsAreSummedOverTheirLabels() {
    Metrics metrics = Metrics.parse("# HELP a b\na{x=\"1\"} 2.0\na{x=\"2\"} 3\nab 7\nb 1.5e3\n");

    assertThat(metrics.sum("a")).isEqualTo(5);
    assertThat(metrics.sum("a", "x", "2")).isEqualTo(3);
    assertThat(metrics.sum("b")).isEqualTo(1500);
    assertThatThrownBy(() -> metrics.sum("none")).isInstanceOf(AssertionError.class);
  }

  private static Socket connect(TcpTarget target) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), target.port());
  }
}
