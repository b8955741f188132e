package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Small frames that follow each other closely: the first leaves at once, the others together. */
class UpstreamFlowTest extends UpstreamFixture {

  UpstreamFlowTest() {
    owner.flushesHere = false;
  }

  /** Frames come at once behind each other until one has joined; the thread may be held up. */
  private void flow(int length) {
    while (owner.wantsFlush == 0) {
      frame(length);
    }
  }

  /** Longer than anything that still flows. */
  private static void rest() throws InterruptedException {
    Thread.sleep(5);
  }

  @Test
  void theFirstLeavesAtOnceAndThoseCloseBehindItInOneWrite() throws InterruptedException {
    chain.connected(target);
    rest();
    frame(100);
    assertThat(target.taken.size()).isEqualTo(100);
    flow(100);
    assertThat(owner.wantsFlush).isEqualTo(1);
    assertThat(owner.wantsWrite).isZero();
    assertThat(chain.buffered()).isEqualTo(100);
    frame(100);
    frame(100);
    assertThat(owner.wantsFlush).isEqualTo(1);
    target.gathered.clear();
    assertThat(chain.flush()).isTrue();
    assertThat(target.gathered).hasSize(1);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, (int) sent));
    assertThat(budget.used()).isZero();
  }

  @Test
  void afterARestAFrameLeavesAtOnceAgain() throws InterruptedException {
    chain.connected(target);
    flow(10);
    chain.flush();
    rest();
    frame(10);
    assertThat(owner.wantsFlush).isEqualTo(1);
    assertThat(target.taken.size()).isEqualTo(sent);
  }

  @Test
  void theThreadThatFlushesHasNobodyToLeaveItTo() {
    owner.flushesHere = true;
    chain.connected(target);
    for (int i = 0; i < 1000; i++) {
      frame(10);
    }
    assertThat(owner.wantsFlush).isZero();
    assertThat(target.taken.size()).isEqualTo(sent);
  }

  @Test
  void aLongFrameWaitsForNone() {
    chain.connected(target);
    for (int i = 0; i < 1000; i++) {
      frame(Upstream.JOIN + 1);
    }
    assertThat(owner.wantsFlush).isZero();
    assertThat(target.taken.size()).isEqualTo(sent);
  }

  @Test
  void aHeldChainIsAskedToFlushByItsBrakeAlone() {
    chain.connected(target);
    chain.brake().pause(true);
    for (int i = 0; i < 100; i++) {
      frame(10);
    }
    assertThat(owner.wantsFlush).isZero();
    assertThat(chain.buffered()).isEqualTo(1000);
  }

  @Test
  void theEndWaitsForWhatHasJoined() {
    chain.connected(target);
    flow(10);
    chain.end();
    assertThat(owner.drained).isZero();
    chain.flush();
    assertThat(owner.drained).isEqualTo(1);
    assertThat(target.taken.size()).isEqualTo(sent);
  }

  @Test
  void joiningFromAnotherThreadThanTheFlushLosesAndReordersNothing() throws Exception {
    chain.connected(target);
    AtomicBoolean done = new AtomicBoolean();
    Thread loop =
        new Thread(
            () -> {
              int seen = 0;
              while (!done.get() || seen != owner.asked.get()) {
                int asked = owner.asked.get();
                if (asked != seen) {
                  seen = asked;
                  chain.flush();
                }
              }
            });
    loop.start();
    ByteBuffer all = ByteBuffer.wrap(Bytes.pattern(0, 20_000_000));
    while (all.hasRemaining()) {
      int end = Math.min(all.capacity(), all.position() + 1 + all.position() % 61);
      chain.write(all.limit(end));
      all.limit(all.capacity());
      Await.until("the client may go on", () -> !chain.isStopped());
    }
    done.set(true);
    loop.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(target.taken.toByteArray()).isEqualTo(all.array());
    assertThat(port.levers.size() % 2).isZero();
    assertThat(budget.used()).isZero();
  }
}
