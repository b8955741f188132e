package dev.sluice.relay;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownstreamTest {

  private static final int MARK = RelaySettings.HIGH_WATER_MARK;

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final ChunkPool pool = new ChunkPool(budget);
  private final FakePort port = new FakePort();
  private final Recorder owner = new Recorder();
  private final Downstream gate = gate(pool);

  private Downstream gate(ChunkPool chunks) {
    Downstream made = new Downstream(chunks, RelaySettings.defaults());
    made.bind(port, owner);
    return made;
  }

  private static final class Recorder implements Downstream.Owner {
    int opened;
    int drained;
    int failed;

    @Override
    public void gateOpened(long nanos) {
      assertThat(nanos).isPositive();
      opened++;
    }

    @Override
    public void downDrained() {
      drained++;
    }

    @Override
    public void sendFailed() {
      failed++;
    }
  }

  @Test
  void readsGoOnAtExactlyTheMarkAndStopStrictlyAboveIt() throws IOException {
    fillTo(MARK);
    assertThat(gate.buffered()).isEqualTo(MARK);
    assertThat(gate.isOverMark()).isFalse();
    gate.fill(new Bytes.Source(1, 1), Bytes.PASSAGE);
    assertThat(gate.buffered()).isEqualTo(MARK + 1);
    assertThat(gate.isOverMark()).isTrue();
  }

  @Test
  void opensOnTheCompletionThatReachesHalfTheMarkAndNotBefore() throws IOException {
    fillTo(MARK + 1);
    gate.shut();
    while (gate.buffered() > MARK / 2) {
      assertThat(owner.opened).isZero();
      assertThat(port.complete(true)).isTrue();
    }
    assertThat(owner.opened).isEqualTo(1);
    assertThat(gate.pauses().isStopped()).isFalse();
  }

  @Test
  void opensAtExactlyHalfTheMark() throws IOException {
    ChunkPool whole = new ChunkPool(budget, 100_001, 100_001);
    Downstream small =
        new Downstream(whole, Settings.of(RelaySettings.defaults(), s -> s.highWater = 200_000));
    small.bind(port, owner);
    small.fill(new Bytes.Source(100_001, 100_001), Bytes.PASSAGE);
    small.fill(new Bytes.Source(100_000, 100_000), Bytes.PASSAGE);
    assertThat(small.isOverMark()).isTrue();
    small.shut();
    assertThat(owner.opened).isZero();
    port.complete(true);
    assertThat(small.buffered()).isEqualTo(100_000);
    assertThat(owner.opened).isEqualTo(1);
  }

  @Test
  void opensAtOnceWhenACompletionGotInBeforeTheShut() throws IOException {
    fillTo(MARK + 1);
    while (port.complete(true)) {}
    gate.shut();
    assertThat(owner.opened).isEqualTo(1);
  }

  @Test
  void whatIsQueuedAndWhatIsInFlightCountTogether() throws IOException {
    gate.fill(new Bytes.Source(1000, 1000), Bytes.PASSAGE);
    gate.fill(new Bytes.Source(500, 500), Bytes.PASSAGE);
    assertThat(port.messages).containsExactly(1000);
    assertThat(gate.buffered()).isEqualTo(1500);
    port.complete(true);
    assertThat(gate.buffered()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({
    "1048576, '1048576'",
    "1048577, '1048576 1'",
    "3000000, '1048576 1048576 902848'",
    "1, '1'"
  })
  void cutsMessagesAtOneMebibyteByViewsOfTheSameBuffer(int length, String expected)
      throws IOException {
    ChunkPool whole = new ChunkPool(budget, length, length);
    Downstream wide =
        new Downstream(whole, Settings.of(RelaySettings.defaults(), s -> s.highWater = 4 * MARK));
    wide.bind(port, owner);
    long directBefore = budget.used();
    wide.fill(new Bytes.Source(length, length), Bytes.PASSAGE);
    assertThat(budget.used() - directBefore).isEqualTo(length);
    while (port.complete(true)) {}
    assertThat(port.messages.stream().map(String::valueOf).collect(joining(" ")))
        .isEqualTo(expected);
    assertThat(port.received()).isEqualTo(Bytes.pattern(0, length));
  }

  @Test
  void smallReadsThatPileUpBehindASendLeaveJoined() throws IOException {
    Bytes.Source source = new Bytes.Source(100, 5_000);
    while (gate.fill(source, Bytes.PASSAGE) >= 0) {}
    port.complete(true);
    assertThat(port.messages).containsExactly(100, 4_900);
    port.complete(true);
    assertThat(port.received()).isEqualTo(Bytes.pattern(0, 5_000));
  }

  @Test
  void neverHasMoreThanOneSendOutstanding() throws IOException {
    fillTo(MARK);
    while (port.complete(true)) {}
    assertThat(port.mostOutstanding).isEqualTo(1);
  }

  @Test
  void aHundredThousandSynchronousCompletionsDoNotGrowTheStack() throws Exception {
    ChunkPool whole = new ChunkPool(budget, 100_001, 100_001);
    RelaySettings bytewise = Settings.of(RelaySettings.defaults(), s -> s.maxMessage = 1);
    Downstream narrow = new Downstream(whole, bytewise);
    int[] depths = new int[2];
    WebSocketPort shallow =
        new PortAdapter() {
          private boolean first = true;

          @Override
          public void send(ByteBuffer message, SendCompletion completion) {
            int depth = StackWalker.getInstance().walk(f -> (int) f.count());
            depths[0] = first ? depth : depths[0];
            depths[1] = Math.max(depths[1], depth);
            first = false;
            completion.completed(true);
          }
        };
    narrow.bind(shallow, owner);
    Thread smallStack =
        new Thread(
            null,
            () -> {
              try {
                narrow.fill(new Bytes.Source(100_001, 100_001), Bytes.PASSAGE);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            "small-stack",
            256 * 1024);
    smallStack.start();
    smallStack.join();
    assertThat(narrow.buffered()).isZero();
    assertThat(depths[1]).isEqualTo(depths[0]);
  }

  @Test
  void completionsOnAnotherThreadLoseAndReorderNothing() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread container =
        new Thread(
            () -> {
              while (done.getCount() > 0 || gate.buffered() > 0) {
                if (!port.complete(true)) {
                  Thread.onSpinWait();
                }
              }
            });
    container.start();
    Bytes.Source source = new Bytes.Source(7_001, 8_000_000);
    boolean more = true;
    while (more) {
      more = gate.isOverMark() || gate.fill(source, Bytes.PASSAGE) >= 0;
    }
    gate.end();
    done.countDown();
    container.join(TimeUnit.SECONDS.toMillis(30));
    assertThat(port.received()).isEqualTo(Bytes.pattern(0, 8_000_000));
    assertThat(owner.drained).isEqualTo(1);
  }

  @Test
  void theEndIsToldOnceAndOnlyAfterTheLastCompletion() throws IOException {
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    gate.end();
    assertThat(owner.drained).isZero();
    port.complete(true);
    assertThat(owner.drained).isEqualTo(1);
    gate.end();
    assertThat(owner.drained).isEqualTo(1);
  }

  @Test
  void aThrowAndAFailedResultAreOneThing() throws IOException {
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    port.complete(false);
    assertThat(owner.failed).isEqualTo(1);
    Downstream other = new Downstream(pool, RelaySettings.defaults());
    other.bind(
        new PortAdapter() {
          @Override
          public void send(ByteBuffer message, SendCompletion completion) {
            throw new IllegalStateException("the session is closed");
          }
        },
        owner);
    other.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    assertThat(owner.failed).isEqualTo(2);
  }

  @Test
  void aCompletionCalledTwiceCountsOnce() throws IOException {
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    WebSocketPort.SendCompletion twice = port.outstanding.peek();
    port.complete(true);
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    twice.completed(true);
    assertThat(gate.buffered()).isEqualTo(10);
    assertThat(owner.failed).isZero();
  }

  @Test
  void anEmptyGateHoldsNoBufferAndADroppedOneGivesAllBack() throws IOException {
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    port.complete(true);
    assertThat(budget.used()).isZero();
    fillTo(MARK);
    assertThat(budget.used()).isGreaterThanOrEqualTo(MARK);
    gate.drop();
    assertThat(budget.used()).isZero();
    assertThat(gate.buffered()).isZero();
    port.complete(true);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aBufferThatTheContainerMayStillReadIsNotUsedAgain() throws IOException {
    ByteBuffer[] lent = new ByteBuffer[1];
    Downstream first = new Downstream(pool, RelaySettings.defaults());
    first.bind(
        new PortAdapter() {
          @Override
          public void send(ByteBuffer message, SendCompletion completion) {
            lent[0] = message;
          }
        },
        owner);
    first.fill(new Bytes.Source(100, 100), Bytes.PASSAGE);
    first.drop();
    Bytes.Source elsewhere = new Bytes.Source(200, 400);
    elsewhere.given = 200;
    gate.fill(elsewhere, Bytes.PASSAGE);
    byte[] seen = new byte[100];
    lent[0].get(seen);
    assertThat(seen).isEqualTo(Bytes.pattern(0, 100));
  }

  @Test
  void aStuckClientCostsTheMarkAndOneRead() throws IOException {
    Bytes.Source source = new Bytes.Source(Integer.MAX_VALUE, 1L << 40);
    while (!gate.isOverMark()) {
      gate.fill(source, Bytes.PASSAGE);
    }
    assertThat(gate.buffered()).isLessThanOrEqualTo(MARK + ByteQueue.SLACK);
    assertThat(budget.used()).isLessThanOrEqualTo((long) (1.1 * MARK));
  }

  /** What passes through is kept after all when the client takes nothing: in no more than fits. */
  @Test
  void aStuckClientOfAFullNodeCostsTheLeastMarkAndOneRead() throws IOException {
    MemoryBudget scarce = new MemoryBudget(MARK);
    Downstream narrow = new Downstream(new ChunkPool(scarce), RelaySettings.defaults());
    narrow.bind(
        new PortAdapter() {
          @Override
          public boolean canSendNow() {
            return true;
          }

          @Override
          public void send(ByteBuffer message, SendCompletion completion) {}
        },
        owner);
    Bytes.Source source = new Bytes.Source(Integer.MAX_VALUE, 1L << 40);
    while (!narrow.isOverMark()) {
      narrow.fill(source, Bytes.PASSAGE);
    }
    assertThat(scarce.used()).isLessThanOrEqualTo(RelaySettings.LEAST_MARK + ByteQueue.SLACK);
  }

  @Test
  void aBrakeHoldsWhatIsQueuedAndKeepsTheGateShut() throws IOException {
    gate.brake().pause(true);
    assertThat(gate.mustWait()).isTrue();
    assertThat(gate.isOverMark()).isFalse();
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    gate.shut();
    assertThat(port.messages).isEmpty();
    assertThat(owner.opened).isZero();
    assertThat(gate.pauses().isStopped()).isTrue();
    gate.brake().pause(false);
    assertThat(gate.mustWait()).isFalse();
    long before = System.nanoTime();
    gate.released();
    assertThat(gate.lastMove()).isGreaterThanOrEqualTo(before);
    assertThat(port.messages).containsExactly(10);
    assertThat(owner.opened).isEqualTo(1);
  }

  @Test
  void aReadIsNoLongerThanOneStepOfTheRate() throws IOException {
    gate.brake().setRates(List.of(new ByteRate(2_000)));
    assertThat(gate.fill(new Bytes.Source(10_000, 10_000), Bytes.PASSAGE)).isEqualTo(100);
    assertThat(gate.fill(new Bytes.Source(10_000, 10_000), Bytes.PASSAGE)).isEqualTo(100);
    assertThat(port.messages).containsExactly(100);
  }

  @Test
  void aMoveIsABeginningToWaitOrALeavingAndNotTheRestThatJoins() throws IOException {
    long created = gate.lastMove();
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    long began = gate.lastMove();
    assertThat(began).isGreaterThan(created);
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    assertThat(gate.lastMove()).isEqualTo(began);
    port.complete(true);
    assertThat(gate.lastMove()).isGreaterThan(began);
  }

  @Test
  void isSendingFromTheSendToItsCompletion() throws IOException {
    assertThat(gate.isSending()).isFalse();
    gate.fill(new Bytes.Source(10, 10), Bytes.PASSAGE);
    assertThat(gate.isSending()).isTrue();
    port.complete(true);
    assertThat(gate.isSending()).isFalse();
    assertThat(gate.total()).isEqualTo(10);
  }

  @Test
  void theMarkIsTheBudgetsOfNow() {
    assertThat(gate.mark()).isEqualTo(MARK);
    budget.take(1 << 30);
    assertThat(gate.mark()).isEqualTo(RelaySettings.LEAST_MARK);
  }

  @Test
  void aDropIsTheEndOfAPauseToo() throws IOException {
    fillTo(MARK + 1);
    gate.shut();
    gate.drop();
    assertThat(gate.pauses().isStopped()).isFalse();
    port.complete(true);
    assertThat(owner.opened).isZero();
    assertThat(port.messages).hasSize(1);
  }

  @Test
  void nothingIsSentThroughAnEndThatIsNotBound() {
    Downstream loose = new Downstream(pool, RelaySettings.defaults());
    assertThatIllegalStateException()
        .isThrownBy(() -> loose.fill(new Bytes.Source(10, 10), Bytes.PASSAGE));
  }

  private void fillTo(int bytes) throws IOException {
    Bytes.Source source = new Bytes.Source(Integer.MAX_VALUE, bytes);
    while (gate.fill(source, Bytes.PASSAGE) >= 0) {}
  }
}
