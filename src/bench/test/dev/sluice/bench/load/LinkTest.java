package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tool against its own target, with nothing in between. */
@Timeout(60)
class LinkTest {

  private static final long BYTES = 3_000_001;

  @Test
  void aStreamOfThePatternArrivesWholeAndEnds() throws Exception {
    try (Target target = Target.listen(Ports.free());
        CheckingCrowd crowd = new CheckingCrowd(Address.tcp(target.port()))) {
      target.behave(SourceConnection.exactly(BYTES));
      crowd.open(3);
      crowd.pollFor(30, () -> crowd.ended() == 3);
      assertThat(crowd.whole(BYTES)).isEqualTo(3);
      assertThat(crowd.distinct()).isTrue();
      assertThat(crowd.died()).isZero();
      assertThat(target.awaitClosed(10)).isZero();
    }
  }

  @Test
  void aTargetThatIsClosedLetsGoOfItsConnections() throws Exception {
    Target target = Target.listen(Ports.free());
    target.behave(EchoConnection::new);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write(7);
      assertThat(client.getInputStream().read()).isEqualTo(7);
      target.close();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aTargetThatCannotGoOnTellsWhoeverAsksIt() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Socket client = new Socket()) {
      target.behave(
          (accepting, channel) -> {
            channel.close();
            throw new IOException("too many open files");
          });
      client.connect(Address.loopback(target.port()));
      target.thread().join();
      assertThatThrownBy(() -> target.awaitClosed(10)).hasMessageContaining("too many open files");
      assertThatThrownBy(target::open).hasMessageContaining("has ended");
      assertThatThrownBy(() -> target.behave(EchoConnection::new))
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void whatClientsSendOfThePatternArrivesWholeBeforeTheEnd() throws Exception {
    try (Target target = Target.listen(Ports.free());
        PatternCrowd crowd = new PatternCrowd(Address.tcp(target.port()), BYTES, 16_384)) {
      target.behave(SinkConnection::checking);
      crowd.open(3);
      crowd.pollFor(30, () -> crowd.ended() == 3 && target.open() == 0);
      assertThat(target.received()).isEqualTo(3 * BYTES);
      assertThat(target.wrong()).isZero();
    }
  }

  @Test
  void aTargetFindsThatWhatComesIsNoPattern() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Crowd crowd =
            new Crowd(Address.tcp(target.port())) {
              @Override
              public void opened(Link link) throws IOException {
                super.opened(link);
                link.send(ByteBuffer.allocate(100));
                link.close();
              }
            }) {
      target.behave(SinkConnection::checking);
      crowd.open(1);
      crowd.pollFor(30, () -> target.received() == 100 && target.open() == 0);
      assertThat(target.wrong()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatIsRefusedIsSaidToBe() throws Exception {
    try (Crowd crowd = new Crowd(Address.tcp(Ports.free()))) {
      assertThatThrownBy(() -> crowd.open(1))
          .hasMessageContaining("0 of 1 opened")
          .hasMessageContaining("refused");
    }
  }

  @Test
  void whatAPeerLeavesOpenIsCutAndCounted() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Crowd crowd = new Crowd(Address.tcp(target.port()))) {
      target.behave(EchoConnection::new);
      crowd.open(2);
      crowd.pollFor(30, () -> target.open() == 2);
      assertThat(target.awaitClosed(0.05)).isEqualTo(2);
      assertThat(target.open()).isZero();
    }
  }
}
