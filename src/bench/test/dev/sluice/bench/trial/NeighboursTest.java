package dev.sluice.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.testkit.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The neighbours against the tool's own target, with nothing in between. */
@Timeout(60)
class NeighboursTest {

  @Test
  void everyMessageIsCountedHoweverLateItsEcho() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Neighbours neighbours = new Neighbours(Address.tcp(target.port()))) {
      target.behave(EchoConnection::new);
      neighbours.open(2);
      assertThat(neighbours.talkFor(0.1).count()).isEqualTo(100);
      target.behave(SinkConnection::fast); // of those that come later
      assertThat(neighbours.talkFor(0.02).count()).isEqualTo(20);
    }
  }

  @Test
  void aNeighbourThatIsCutOffIsAnError() throws Exception {
    try (Target target = Target.listen(Ports.free());
        Neighbours neighbours = new Neighbours(Address.tcp(target.port()))) {
      target.behave(SourceConnection.exactly(0));
      neighbours.open(1);
      assertThatThrownBy(() -> neighbours.talkFor(0.1)).hasMessageContaining("1 neighbours");
    }
  }
}
