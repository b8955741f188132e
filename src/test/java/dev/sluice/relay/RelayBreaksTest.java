package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Await;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A relay that fails in the midst of bytes, or is told that there are some where there are none.
 */
@Timeout(60)
class RelayBreaksTest extends RelayFixture {

  private final CountDownLatch held = new CountDownLatch(1);

  /** What is handed to the loop from here on waits until {@link #held} is let go. */
  private void holdTheLoop() {
    loops
        .next()
        .execute(
            () -> {
              try {
                held.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** More than waits without the client being stopped, which fails. */
  private void breakItWith(int bytes) {
    port.onPause =
        () -> {
          throw new OutOfMemoryError("by intention");
        };
    assertThatThrownBy(() -> fromClient(new byte[bytes])).isInstanceOf(OutOfMemoryError.class);
  }

  /** A target that takes nothing, or has no memory for it. */
  private static final class Stuck implements GatheringByteChannel {
    private volatile int writes;
    private volatile boolean failing;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
    public long write(ByteBuffer[] bytes, int offset, int length) {
      writes++;
      if (failing) {
        throw new OutOfMemoryError("by intention");
      }
      return 0;
    }

    @Override
    public long write(ByteBuffer[] bytes) {
      return write(bytes, 0, bytes.length);
    }

    @Override
    public int write(ByteBuffer bytes) {
      return (int) write(new ByteBuffer[] {bytes}, 0, 1);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private Stuck makeWithStuckTarget() throws Exception {
    make(SETTINGS);
    Stuck stuck = new Stuck();
    loops.next().execute(() -> up.connected(stuck));
    settle();
    return stuck;
  }

  @Test
  void whereBytesOfTheClientWereLostNoneFollowsThemAndTheTunnelEnds() throws Exception {
    Stuck stuck = makeWithStuckTarget();
    holdTheLoop();
    relay.wantsFlush();
    breakItWith(2_000_000); // under the cap: more would be taken
    long taken = relay.stats().bytesUp();
    int writes = stuck.writes;
    fromClient(new byte[10]);
    assertThat(relay.stats().bytesUp()).isEqualTo(taken);
    held.countDown();
    assertEndedOnceBy(EndCause.INTERNAL);
    assertThat(detail).isEqualTo("by intention");
    assertThat(stuck.writes).isEqualTo(writes);
  }

  @Test
  void whereBytesOfTheClientWereLostNoneOfTheTargetsFollow() throws Exception {
    open();
    holdTheLoop();
    breakItWith(16_000_000); // over what the kernel takes
    target.getOutputStream().write(1);
    held.countDown();
    assertEndedOnceBy(EndCause.INTERNAL);
    assertThat(port.messages).isEmpty();
  }

  @Test
  void aFlushThatFailsEndsTheTunnel() throws Exception {
    Stuck stuck = makeWithStuckTarget();
    fromClient(new byte[10]);
    stuck.failing = true;
    relay.wantsFlush();
    assertEndedOnceBy(EndCause.INTERNAL);
    assertThat(detail).isEqualTo("by intention");
  }

  @Test
  void readinessWithNothingToReadIsNoEnd() throws Exception {
    port.completeAtOnce = true;
    make(SETTINGS);
    CompletableFuture<SelectionKey> registered = new CompletableFuture<>();
    Dial.start(
        loops.next(),
        List.of(address()),
        SETTINGS,
        new Dial.Listener() {
          @Override
          public void connected(SocketChannel channel, SelectionKey key, long connectNanos) {
            relay.connected(channel, key, connectNanos);
            registered.complete(key);
          }

          @Override
          public void failed(EndCause why, String explanation) {
            registered.completeExceptionally(new AssertionError(explanation));
          }
        });
    target = listener.accept();
    SelectionKey key = registered.get(20, TimeUnit.SECONDS);
    target.getOutputStream().write(1);
    awaitMessages(1);
    CompletableFuture<Boolean> readable = new CompletableFuture<>();
    loops
        .next()
        .execute(
            () -> {
              readable.complete(key.isReadable()); // as it was when the loop looked last
              try {
                relay.ready(key);
              } catch (Exception e) {
                relay.failed(e);
              }
            });
    assertThat(readable.get(20, TimeUnit.SECONDS)).isTrue();
    target.getOutputStream().write(2);
    awaitMessages(2);
    assertThat(port.closes).isEmpty();
  }

  private void awaitMessages(int count) {
    Await.until("received", () -> port.received().length == count);
  }
}
