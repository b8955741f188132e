package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.relay.ChunkPool.Chunk;
import org.junit.jupiter.api.Test;

class ChunkPoolTest {

  private static final int SMALL = 40;
  private static final int LARGE = 60;

  private static ChunkPool pool(MemoryBudget budget) {
    return new ChunkPool(budget, SMALL, LARGE);
  }

  private static int size(Chunk chunk) {
    return chunk.buffer.capacity();
  }

  @Test
  void theLargerIsTakenWhereItIsWantedAndFits() {
    ChunkPool pool = pool(new MemoryBudget(10_000));
    assertThat(size(pool.acquire(true, LARGE))).isEqualTo(LARGE);
    assertThat(size(pool.acquire(true, LARGE - 1))).isEqualTo(SMALL);
    assertThat(size(pool.acquire(false, LARGE))).isEqualTo(SMALL);
    assertThat(pool.largest(LARGE)).isEqualTo(LARGE);
    assertThat(pool.largest(LARGE - 1)).isEqualTo(SMALL);
  }

  @Test
  void theSmallerIsTakenForWhatFitsIntoIt() {
    ChunkPool pool = pool(new MemoryBudget(10_000));
    assertThat(size(pool.acquireFor(SMALL))).isEqualTo(SMALL);
    assertThat(size(pool.acquireFor(SMALL + 1))).isEqualTo(LARGE);
  }

  @Test
  void whatIsInUseIsOnTheBudgetAndWhatIsIdleIsNot() {
    MemoryBudget budget = new MemoryBudget(10_000);
    ChunkPool pool = pool(budget);
    Chunk one = pool.acquire(false, 0);
    Chunk other = pool.acquire(true, LARGE);
    assertThat(budget.used()).isEqualTo(SMALL + LARGE);
    pool.release(one);
    assertThat(budget.used()).isEqualTo(LARGE);
    pool.forget(other);
    assertThat(budget.used()).isZero();
  }

  @Test
  void aReleasedBufferIsUsedAgainAndComesEmpty() {
    ChunkPool pool = pool(new MemoryBudget(10_000));
    Chunk first = pool.acquire(false, 0);
    first.buffer.position(7).limit(9);
    first.written = 9;
    pool.release(first);
    assertThat(size(pool.acquire(true, LARGE))).isEqualTo(LARGE);
    Chunk again = pool.acquire(false, 0);
    assertThat(again.buffer).isSameAs(first.buffer);
    assertThat(again.buffer.position()).isZero();
    assertThat(again.buffer.limit()).isEqualTo(SMALL);
    assertThat(again.unread()).isZero();
    assertThat(again.free()).isEqualTo(SMALL);
  }

  @Test
  void aForgottenBufferIsNeverUsedAgain() {
    ChunkPool pool = pool(new MemoryBudget(10_000));
    Chunk lent = pool.acquire(false, 0);
    pool.forget(lent);
    assertThat(pool.acquire(false, 0).buffer).isNotSameAs(lent.buffer);
  }

  @Test
  void noMoreThanAnEighthOfTheBudgetIsKeptIdle() {
    ChunkPool pool = pool(new MemoryBudget(8 * 2 * SMALL));
    Chunk[] three = {pool.acquire(false, 0), pool.acquire(false, 0), pool.acquire(false, 0)};
    for (Chunk each : three) {
      pool.release(each);
    }
    assertThat(pool.acquire(false, 0).buffer).isSameAs(three[0].buffer);
    assertThat(pool.acquire(false, 0).buffer).isSameAs(three[1].buffer);
    Chunk fresh = pool.acquire(false, 0);
    assertThat(fresh.buffer).isNotSameAs(three[2].buffer);
    // what was taken out makes room again, and what was not kept takes none
    pool.release(fresh);
    pool.release(three[0]);
    assertThat(pool.acquire(false, 0).buffer).isSameAs(fresh.buffer);
    assertThat(pool.acquire(false, 0).buffer).isSameAs(three[0].buffer);
  }
}
