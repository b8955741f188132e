package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate over a connection that can take a message at once: what passes, and what must wait. */
class PassageTest {

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final ChunkPool pool = new ChunkPool(budget);
  private final TakingPort taking = new TakingPort();
  private final ByteBuffer passage = ByteBuffer.allocate(ChunkPool.LARGE);

  private Downstream passing(RelaySettings settings) {
    Downstream made = new Downstream(pool, settings);
    made.bind(taking, null);
    return made;
  }

  /** A connection that takes some of each message at once. */
  private static final class TakingPort extends PortAdapter {
    final List<Integer> passed = new ArrayList<>();
    final List<Integer> sends = new ArrayList<>();
    final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int takes = Integer.MAX_VALUE;
    boolean ready = true;
    SendCompletion outstanding;

    @Override
    public boolean canSendNow() {
      return ready;
    }

    @Override
    public void sendNow(ByteBuffer message) {
      passed.add(message.remaining());
      take(message, Math.min(takes, message.remaining()));
    }

    @Override
    public void send(ByteBuffer message, SendCompletion completion) {
      sends.add(message.remaining());
      take(message, message.remaining());
      outstanding = completion;
    }

    private void take(ByteBuffer message, int bytes) {
      byte[] taken = new byte[bytes];
      message.get(taken);
      sent.writeBytes(taken);
    }
  }

  @Test
  void whatTheConnectionTakesAtOnceIsNeverQueued() throws IOException {
    Downstream wide = passing(RelaySettings.defaults());
    long before = System.nanoTime();
    assertThat(wide.fill(new Bytes.Source(1000, 1000), passage)).isEqualTo(1000);
    assertThat(taking.passed).containsExactly(1000);
    assertThat(taking.sends).isEmpty();
    assertThat(taking.sent.toByteArray()).isEqualTo(Bytes.pattern(0, 1000));
    assertThat(wide.total()).isEqualTo(1000);
    assertThat(wide.buffered()).isZero();
    assertThat(wide.isSending()).isFalse();
    assertThat(wide.lastMove()).isGreaterThanOrEqualTo(before);
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatIsLeftOfAMessageIsTheWholeNextOne() throws IOException {
    RelaySettings halves = Settings.of(RelaySettings.defaults(), s -> s.maxMessage = 1000);
    Downstream wide = passing(halves);
    Bytes.Source source = new Bytes.Source(1000, 2500);
    taking.takes = 300;
    wide.fill(source, passage);
    assertThat(taking.sends).containsExactly(700);
    assertThat(wide.isSending()).isTrue();
    assertThat(wide.buffered()).isEqualTo(700);
    wide.fill(source, passage);
    wide.fill(source, passage);
    assertThat(wide.buffered()).isEqualTo(2200);
    taking.outstanding.completed(true);
    assertThat(taking.sends).containsExactly(700, 1000);
    taking.outstanding.completed(true);
    taking.outstanding.completed(true);
    assertThat(taking.sends).containsExactly(700, 1000, 500);
    assertThat(taking.passed).containsExactly(1000);
    assertThat(taking.sent.toByteArray()).isEqualTo(Bytes.pattern(0, 2500));
    assertThat(wide.total()).isEqualTo(2500);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aMessageOfWhichNothingWasTakenIsSentAsAnyOther() throws IOException {
    Downstream wide = passing(RelaySettings.defaults());
    taking.takes = 0;
    wide.brake().pause(true);
    wide.fill(new Bytes.Source(10, 10), passage);
    assertThat(taking.passed).containsExactly(10);
    assertThat(taking.sends).isEmpty();
    assertThat(wide.buffered()).isEqualTo(10);
    wide.brake().pause(false);
    wide.released();
    assertThat(taking.sends).containsExactly(10);
  }

  @Test
  void aMessageThatHasBegunIsEndedWhateverHoldsTheNext() throws IOException {
    Downstream wide = passing(RelaySettings.defaults());
    taking.takes = 3;
    wide.brake().pause(true);
    wide.fill(new Bytes.Source(10, 10), passage);
    assertThat(taking.sends).containsExactly(7);
  }

  @Test
  void noMorePassesThanOneMessageOrWhatTheMarkHasRoomForOrOneStep() throws IOException {
    Bytes.Source endless = new Bytes.Source(Integer.MAX_VALUE, 1L << 40);
    passing(Settings.of(RelaySettings.defaults(), s -> s.maxMessage = 100)).fill(endless, passage);
    passing(RelaySettings.defaults()).fill(endless, passage);
    int least = ChunkPool.LARGE - ByteQueue.SLACK;
    passing(Settings.of(RelaySettings.defaults(), s -> s.highWater = least)).fill(endless, passage);
    passing(Settings.of(RelaySettings.defaults(), s -> s.highWater = least - 1))
        .fill(endless, passage);
    Downstream slow = passing(RelaySettings.defaults());
    slow.brake().setRates(List.of(new ByteRate(2_000)));
    slow.fill(endless, passage);
    assertThat(taking.passed)
        .containsExactly(100, ChunkPool.LARGE, ChunkPool.LARGE, ChunkPool.SMALL, 100);
  }

  @Test
  void nothingPassesWhatWaitsOrHasEnded() throws IOException {
    Downstream wide = passing(RelaySettings.defaults());
    taking.ready = false;
    wide.fill(new Bytes.Source(10, 10), passage);
    assertThat(taking.sends).containsExactly(10);
    taking.ready = true;
    wide.fill(new Bytes.Source(10, 10), passage);
    assertThat(wide.buffered()).isEqualTo(20);
    wide.drop();
    assertThat(wide.fill(new Bytes.Source(10, 10), passage)).isZero();
    assertThat(taking.passed).isEmpty();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aReadThatBringsNothingSendsNothing() throws IOException {
    Downstream wide = passing(RelaySettings.defaults());
    assertThat(wide.fill(new Bytes.Source(0, 10), passage)).isZero();
    assertThat(wide.fill(new Bytes.Source(10, 0), passage)).isEqualTo(-1);
    taking.ready = false;
    assertThat(wide.fill(new Bytes.Source(0, 10), passage)).isZero();
    assertThat(wide.fill(new Bytes.Source(10, 0), passage)).isEqualTo(-1);
    assertThat(taking.passed).isEmpty();
    assertThat(taking.sends).isEmpty();
    assertThat(wide.total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300, 1000})
  void whatMovesIsPaidForOnceHoweverItLeaves(int takes) throws IOException {
    long start = System.nanoTime();
    ByteRate rate = new ByteRate(20_000);
    Downstream wide = passing(RelaySettings.defaults());
    wide.brake().setRates(List.of(rate));
    taking.takes = takes;
    for (int i = 0; i < 10; i++) {
      wide.fill(new Bytes.Source(1000, 1000), passage);
      if (wide.isSending()) {
        taking.outstanding.completed(true);
      }
    }
    assertThat(taking.sent.size()).isEqualTo(10_000);
    long half = TimeUnit.MILLISECONDS.toNanos(500);
    long credit = TimeUnit.MILLISECONDS.toNanos(100);
    long owed = rate.pay(0);
    assertThat(owed).isBetween(half - credit - (System.nanoTime() - start), half);
  }
}
