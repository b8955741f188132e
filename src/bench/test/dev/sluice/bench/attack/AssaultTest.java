package dev.sluice.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Target;
import dev.sluice.testkit.Ports;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AssaultTest {

  @ParameterizedTest
  @EnumSource
  void everyAttackDoesSomethingAndComesAgainWhenItIsCutOff(Attack attack) throws Exception {
    try (Target target = Target.listen(Ports.free())) {
      target.behave(attack.target());
      Address address = Address.webSocket(target.port(), "/", "");
      // the target is no gateway: half a handshake is the one thing that wants no answer
      try (Assault assault =
          attack.endless(attack == Attack.HANDSHAKES ? address : address.bare())) {
        turn(assault, () -> assault.tally().done() > 0 && target.open() > 0);
        long connections = assault.tally().connections();
        assertThat(connections).isPositive();
        target.awaitClosed(0);
        turn(assault, () -> assault.tally().connections() > connections);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "HALVES")
  void anAttackThatIsMadeOnceEnds(Attack attack) throws Exception {
    try (Target target = Target.listen(Ports.free())) {
      target.behave(attack.target());
      Address address = Address.webSocket(target.port(), "/", "");
      try (Assault assault = attack.once(attack == Attack.HANDSHAKES ? address : address.bare())) {
        turn(assault, assault::isOver);
        for (int i = 0; i < 50; i++) {
          assault.turn(); // those that were about to open
        }
        Tally over = assault.tally();
        assertThat(over.done()).isBetween(500L, 1_100_000L);
        target.awaitClosed(0);
        for (int i = 0; i < 50; i++) {
          assault.turn();
        }
        assertThat(assault.tally().connections()).isEqualTo(over.connections());
      }
    }
  }

  private static void turn(Assault assault, BooleanSupplier until) {
    while (!until.getAsBoolean()) {
      assault.turn();
    }
  }

  @Test
  void aProcessAttacksUntilItIsClosed() throws Exception {
    try (Target target = Target.listen(Ports.free())) {
      target.behave(Attack.BYTES.target());
      try (AttackerProcess attacker =
          AttackerProcess.start(Attack.BYTES, false, Address.tcp(target.port()))) {
        while (attacker.tally().done() == 0) {
          Thread.sleep(5);
        }
        assertThat(attacker.tally().connections()).isEqualTo(1);
        assertThat(attacker.tree().size()).isEqualTo(1);
      }
      assertThat(target.awaitClosed(10)).isZero();
    }
  }

  @Test
  void aTallyIsOneLineWhateverTheProblemSays() {
    Tally tally = new Tally(7, 2, "refused:\r\nBad Request");
    assertThat(Tally.parse(tally.line())).isEqualTo(new Tally(7, 2, "refused: Bad Request"));
    assertThat(Tally.parse(new Tally(1, 1, "").line()).problem()).isEmpty();
    assertThat(tally.since(new Tally(5, 2, ""))).isEqualTo(new Tally(2, 0, tally.problem()));
  }
}
