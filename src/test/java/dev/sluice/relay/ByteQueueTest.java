package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What is counted, what lies together and what is given back, step by step. */
class ByteQueueTest {

  private static final int MARK = RelaySettings.HIGH_WATER_MARK;
  private static final int SMALL = ChunkPool.SMALL;
  private static final int LARGE = ChunkPool.LARGE;

  /** The mark under which a small and a large chunk have room together. */
  private static final int JUST_ENOUGH = SMALL + LARGE - ByteQueue.SLACK;

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final ChunkPool pool = new ChunkPool(budget);
  private final ByteQueue queue = new ByteQueue(pool);
  private long put;
  private long taken;

  private void put(int bytes) {
    queue.put(ByteBuffer.wrap(Bytes.pattern(put, bytes)), MARK);
    put += bytes;
  }

  /** Fills as a read would. */
  private void fill(int bytes) {
    ByteBuffer room = queue.beginFill(MARK);
    room.put(Bytes.pattern(put, bytes));
    queue.endFill(bytes);
    put += bytes;
  }

  /** Takes what lies together, at most so much; returns how much that was. */
  private int take(int most) {
    ByteBuffer first = queue.first(most);
    byte[] bytes = new byte[first.remaining()];
    first.get(bytes);
    assertThat(bytes).isEqualTo(Bytes.pattern(taken, bytes.length));
    queue.consume(bytes.length);
    taken += bytes.length;
    return bytes.length;
  }

  @Test
  void whatIsPutComesOutInItsOrderAndAnEmptyQueueHoldsNothing() {
    put(10);
    put(40_000);
    put(500);
    assertThat(queue.size()).isEqualTo(40_510);
    assertThat(queue.isEmpty()).isFalse();
    while (!queue.isEmpty()) {
      take(7_001);
      assertThat(queue.size()).isEqualTo(put - taken);
    }
    assertThat(taken).isEqualTo(40_510);
    assertThat(queue.first(1)).isNull();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aFillLiesBehindWhatWaits() {
    fill(10);
    fill(20);
    assertThat(budget.used()).isEqualTo(SMALL);
    assertThat(queue.size()).isEqualTo(30);
    assertThat(queue.beginFill(MARK)).satisfies(room -> assertThat(room.position()).isEqualTo(30));
    queue.endFill(0);
    assertThat(take(100)).isEqualTo(30);
  }

  @Test
  void aFillThatBringsNothingLeavesNothing() {
    queue.beginFill(MARK);
    queue.endFill(0);
    queue.beginFill(MARK);
    queue.endFill(-1);
    assertThat(queue.size()).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aFillEndsOnlyOnce() {
    fill(10);
    assertThatIllegalStateException().isThrownBy(() -> queue.endFill(1));
  }

  @Test
  void aWholeFillIsFollowedByALargeOneAndAPartialOneByASmallOne() {
    fill(SMALL);
    fill(LARGE);
    assertThat(budget.used()).isEqualTo(SMALL + LARGE);
    while (!queue.isEmpty()) {
      take(MARK);
    }
    fill(100); // of the large chunk that the last fill asks for
    assertThat(budget.used()).isEqualTo(LARGE);
    take(100);
    fill(100);
    assertThat(budget.used()).isEqualTo(SMALL);
  }

  @Test
  void aLargeChunkMustFitUnderTheMarkWithWhatIsHeldAlready() {
    fill(SMALL);
    assertThat(queue.beginFill(JUST_ENOUGH - 1).capacity()).isEqualTo(SMALL);
  }

  @Test
  void aLargeChunkThatJustFitsIsTaken() {
    fill(SMALL);
    assertThat(queue.beginFill(JUST_ENOUGH).capacity()).isEqualTo(LARGE);
  }

  @Test
  void whatHasLeftCountsNoMoreAgainstTheNextChunk() {
    for (int i = 0; i < 20; i++) {
      queue.putTogether(ByteBuffer.wrap(Bytes.pattern(taken, LARGE)));
      take(LARGE);
    }
    assertThat(queue.beginFill(MARK).capacity()).isEqualTo(LARGE);
  }

  @Test
  void theRoomEndsAtTheMarkButIsNeverLessThanASmallChunk() {
    put(100_000);
    assertThat(budget.used()).isEqualTo(LARGE);
    assertThat(queue.beginFill(0).remaining()).isEqualTo(SMALL);
    queue.endFill(0);
    assertThat(queue.beginFill(100_000).remaining()).isEqualTo(ByteQueue.SLACK);
    queue.endFill(0);
    assertThat(queue.beginFill(MARK).remaining()).isEqualTo(LARGE - 100_000);
    queue.endFill(0);
  }

  @Test
  void aShortFrameTakesASmallChunkAndALongOneALargeOne() {
    put(SMALL);
    assertThat(budget.used()).isEqualTo(SMALL);
    put(SMALL + 1);
    assertThat(budget.used()).isEqualTo(SMALL + LARGE);
    assertThat(take(MARK)).isEqualTo(SMALL);
    assertThat(take(MARK)).isEqualTo(SMALL + 1);
  }

  @Test
  void whatIsPutTogetherLiesTogether() {
    queue.putTogether(ByteBuffer.wrap(Bytes.pattern(0, SMALL)));
    assertThat(budget.used()).isEqualTo(SMALL);
    assertThat(take(MARK)).isEqualTo(SMALL);
    fillsNextInto(SMALL);
    queue.putTogether(ByteBuffer.wrap(Bytes.pattern(taken, SMALL + 1)));
    assertThat(queue.size()).isEqualTo(SMALL + 1);
    assertThat(budget.used()).isEqualTo(LARGE);
    assertThat(take(MARK)).isEqualTo(SMALL + 1);
    fillsNextInto(LARGE);
  }

  private void fillsNextInto(int size) {
    assertThat(queue.beginFill(MARK).remaining()).isEqualTo(size);
    queue.endFill(0);
  }

  @Test
  void whatIsPutTogetherCountsAgainstTheNextChunk() {
    queue.putTogether(ByteBuffer.wrap(new byte[LARGE]));
    // room for a second large one would be there if the first were not counted
    assertThat(queue.beginFill(LARGE).capacity()).isEqualTo(SMALL);
  }

  @Test
  void viewsShowEverythingInOrderAndConsumeNothing() {
    put(SMALL);
    put(20_000);
    ByteBuffer[] all = queue.views(64, MARK);
    assertThat(all).hasSize(2);
    assertThat(all[0].remaining()).isEqualTo(SMALL);
    assertThat(all[1].remaining()).isEqualTo(20_000);
    byte[] second = new byte[20_000];
    all[1].get(second);
    assertThat(second).isEqualTo(Bytes.pattern(SMALL, 20_000));
    assertThat(queue.size()).isEqualTo(SMALL + 20_000);
  }

  @Test
  void viewsAreNoMoreThanAskedForInNumberAndInBytes() {
    assertThat(queue.views(64, MARK)).isEmpty();
    put(SMALL);
    put(20_000);
    assertThat(queue.views(1, MARK)).hasSize(1);
    assertThat(queue.views(64, SMALL)).hasSize(1);
    ByteBuffer[] some = queue.views(64, SMALL + 5);
    assertThat(some).hasSize(2);
    assertThat(some[1].remaining()).isEqualTo(5);
  }

  @Test
  void consumingGoesOverTheEndsOfChunks() {
    put(SMALL);
    put(20_000);
    queue.consume(SMALL + 5);
    taken = SMALL + 5;
    assertThat(queue.size()).isEqualTo(20_000 - 5);
    assertThat(budget.used()).isEqualTo(LARGE);
    assertThat(take(MARK)).isEqualTo(20_000 - 5);
  }

  @Test
  void nobodyConsumesWhatIsNotThere() {
    queue.beginFill(MARK);
    assertThatIllegalStateException()
        .isThrownBy(() -> queue.consume(3))
        .withMessageContaining("3 bytes more");
  }

  @Test
  void whatIsConsumedDuringAFillLeavesTheFillItsChunk() {
    fill(10);
    ByteBuffer room = queue.beginFill(MARK);
    take(10);
    assertThat(budget.used()).isEqualTo(SMALL);
    assertThat(queue.first(1)).isNull();
    room.put(Bytes.pattern(10, 5));
    queue.endFill(5);
    assertThat(take(MARK)).isEqualTo(5);
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatIsConsumedDuringAFillThatBringsNothingLeavesNothing() {
    fill(10);
    queue.beginFill(MARK);
    take(10);
    queue.endFill(0);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aDroppedQueueTakesNothingAndGivesAllBackOnce() {
    put(SMALL);
    put(20_000);
    queue.drop();
    queue.drop();
    assertThat(queue.size()).isZero();
    assertThat(budget.used()).isZero();
    ByteBuffer late = ByteBuffer.wrap(new byte[10]);
    queue.put(late, MARK);
    assertThat(late.hasRemaining()).isFalse();
    ByteBuffer later = ByteBuffer.wrap(new byte[10]);
    queue.putTogether(later);
    assertThat(later.hasRemaining()).isFalse();
    assertThat(queue.beginFill(MARK).remaining()).isZero();
    queue.endFill(0);
    queue.consume(10);
    assertThat(queue.size()).isZero();
    assertThat(queue.first(1)).isNull();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aDropDuringAFillWaitsForItsEnd() {
    ByteBuffer room = queue.beginFill(MARK);
    queue.drop();
    assertThat(budget.used()).isEqualTo(SMALL);
    room.put((byte) 1);
    queue.endFill(1);
    assertThat(queue.size()).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aDropDuringALoanAndAFillOfOneChunkGivesItBackOnce() {
    fill(10);
    queue.first(10);
    queue.beginFill(MARK);
    queue.drop();
    queue.endFill(5);
    assertThat(budget.used()).isZero();
  }

  @Test
  void ofADroppedQueueOnlyWhatIsLentIsNotUsedAgain() {
    put(SMALL);
    put(SMALL);
    put(SMALL);
    ByteBuffer notLent = queue.views(3, MARK)[2];
    queue.consume(0);
    ByteBuffer[] lent = queue.views(2, MARK);
    queue.drop();
    useAgain(3);
    assertIntact(lent);
    assertThat(notLent.get(0)).isEqualTo(OTHERS);
  }

  @Test
  void ofWhatLiesTogetherTheFirstAloneIsLent() {
    put(SMALL);
    put(SMALL);
    ByteBuffer notLent = queue.views(2, MARK)[1];
    queue.consume(0);
    ByteBuffer lent = queue.first(SMALL);
    queue.drop();
    useAgain(2);
    assertIntact(lent);
    assertThat(notLent.get(0)).isEqualTo(OTHERS);
  }

  @Test
  void whatWasLentAndHasLeftIsLentNoMore() {
    put(SMALL);
    put(SMALL);
    ByteBuffer behind = queue.views(2, MARK)[1];
    queue.consume(SMALL);
    queue.drop();
    useAgain(2);
    assertThat(behind.get(0)).isEqualTo(OTHERS);
  }

  private static final byte OTHERS = 0x55;

  /** Somebody else takes so many small buffers and fills them: those of the pool first. */
  private void useAgain(int buffers) {
    for (int i = 0; i < buffers; i++) {
      ByteBuffer buffer = pool.acquire(false, 0).buffer;
      while (buffer.hasRemaining()) {
        buffer.put(OTHERS);
      }
    }
  }

  /** Each is a small buffer of the pattern, one after the other. */
  private static void assertIntact(ByteBuffer... lent) {
    byte[] seen = new byte[lent.length * SMALL];
    for (int i = 0; i < lent.length; i++) {
      lent[i].get(seen, i * SMALL, SMALL);
    }
    assertThat(seen).isEqualTo(Bytes.pattern(0, seen.length));
  }
}
