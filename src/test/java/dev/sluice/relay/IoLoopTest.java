package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Await;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks, timers and channels of one loop. */
@Timeout(60)
class IoLoopTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private IoLoop loop;
  private Thread thread;

  @BeforeEach
  void start() throws Exception {
    loop = new IoLoop();
    thread = new Thread(loop);
    thread.start();
  }

  @AfterEach
  void stop() throws Exception {
    loop.stop();
    thread.join();
  }

  /** What {@code question} says on the loop's thread. */
  private <T> T ask(Callable<T> question) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    return answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  void tasksRunOnTheLoopsThreadInTheirOrder() throws Exception {
    List<Integer> order = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      loop.execute(() -> order.add(number));
    }
    assertThat(ask(Thread::currentThread)).isSameAs(thread);
    assertThat(order).hasSize(100).isSorted();
  }

  @Test
  void whatHasTimeRunsBeforeTheTaskThatFollows() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    loop.executeInPassing(() -> order.add("in passing"));
    ask(() -> order.add("then"));
    assertThat(order).containsExactly("in passing", "then");
  }

  @Test
  void whatHasTimeRunsAtTheLatestWithATimer() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    ask(() -> loop.schedule(TimeUnit.MILLISECONDS.toNanos(20), () -> {}));
    loop.executeInPassing(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskOfATaskRunsThoughNobodyWakesTheLoop() throws Exception {
    CountDownLatch done = new CountDownLatch(1_000);
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          done.countDown();
          if (done.getCount() > 0) {
            loop.execute(again[0]);
          }
        };
    loop.execute(again[0]);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void noTaskIsForgottenThatComesWhileTheLoopFallsAsleep() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      CountDownLatch done = new CountDownLatch(1);
      loop.execute(done::countDown);
      assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void onlyTheLoopsThreadIsInTheLoop() throws Exception {
    assertThat(ask(loop::inLoop)).isTrue();
    assertThat(loop.inLoop()).isFalse();
  }

  @Test
  void itRunsFromItsStartToItsEnd() throws Exception {
    assertThat(new IoLoop().isRunning()).isFalse();
    assertThat(ask(loop::isRunning)).isTrue();
    CountDownLatch hold = new CountDownLatch(1);
    loop.execute(() -> awaitQuietly(hold));
    loop.stop();
    assertThat(loop.isRunning()).isFalse();
    hold.countDown();
    thread.join();
    assertThat(loop.isRunning()).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskThatFailsCostsTheOthersNothing() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("by intention");
        });
    assertThat(ask(() -> 1)).isEqualTo(1);
  }

  @Test
  void afterItsEndTasksRunOnTheirCallersThread() throws Exception {
    loop.stop();
    thread.join();
    assertThat(ask(Thread::currentThread)).isSameAs(Thread.currentThread());
    assertThat(ask(loop::inLoop)).isFalse();
    CompletableFuture<Thread> inPassing = new CompletableFuture<>();
    loop.executeInPassing(() -> inPassing.complete(Thread.currentThread()));
    assertThat(inPassing).isCompletedWithValue(Thread.currentThread());
  }

  @Test
  void anInterruptIsTakenForNothing() throws Exception {
    thread.interrupt();
    assertThat(ask(() -> Thread.currentThread().isInterrupted())).isFalse();
  }

  @Test
  void timersRunInTheOrderOfTheirTimesAndNotBefore() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    CompletableFuture<Long> last = new CompletableFuture<>();
    long before = System.nanoTime();
    long delay = TimeUnit.MILLISECONDS.toNanos(30);
    ask(
        () -> {
          loop.schedule(delay, () -> last.complete(System.nanoTime()));
          loop.schedule(delay / 3, () -> order.add("second"));
          loop.schedule(-1, () -> order.add("first"));
          return loop.schedule(2 * delay / 3, () -> order.add("third"));
        });
    assertThat(last.get(20, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(before + delay);
    assertThat(order).containsExactly("first", "second", "third");
  }

  @Test
  void aTimerThatIsCancelledRunsNeverNotEvenAtTheEnd() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    ask(
        () -> {
          IoLoop.Timer first = loop.schedule(0, () -> ran.add("cancelled"));
          loop.schedule(HOUR, () -> ran.add("at the end"));
          IoLoop.Timer other = loop.schedule(HOUR, () -> ran.add("cancelled"));
          first.cancel();
          other.cancel();
          other.cancel();
          return first;
        });
    loop.stop();
    thread.join();
    assertThat(ran).containsExactly("at the end");
  }

  @Test
  void aTimerThatIsCancelledIsForgottenBeforeItsTime() throws Exception {
    WeakReference<IoLoop.Timer> gone =
        ask(
            () -> {
              IoLoop.Timer timer = loop.schedule(HOUR, () -> {});
              timer.cancel();
              return new WeakReference<>(timer);
            });
    Await.collected("the timer", gone);
  }

  @Test
  void whatALastTimerSchedulesRunsAtTheEndToo() throws Exception {
    List<String> ran = new CopyOnWriteArrayList<>();
    ask(() -> loop.schedule(HOUR, () -> loop.schedule(HOUR, () -> ran.add("last"))));
    loop.stop();
    thread.join();
    assertThat(ran).containsExactly("last");
  }

  @Test
  void whateverFailsIsReported() throws Exception {
    IllegalStateException ofATask = new IllegalStateException("by intention");
    IllegalStateException ofATimer = new IllegalStateException("by intention");
    OutOfMemoryError ofATimersMemory = new OutOfMemoryError("by intention");
    IllegalStateException ofAHandler = new IllegalStateException("by intention");
    try (LoopReports reports = new LoopReports();
        Registered it = new Registered(0)) {
      it.thrownWhenFailed = ofAHandler;
      loop.execute(() -> fail(ofATask));
      ask(() -> loop.schedule(0, () -> fail(ofATimer)));
      ask(() -> loop.schedule(0, () -> fail(ofATimersMemory)));
      Await.until("the timers have run", () -> reports.failures().contains(ofATimersMemory));
      loop.stop();
      thread.join();
      assertThat(reports.failures()).contains(ofATask, ofATimer, ofATimersMemory, ofAHandler);
    }
  }

  private static void fail(RuntimeException failure) {
    throw failure;
  }

  private static void fail(Error failure) {
    throw failure;
  }

  @Test
  void aTimerThatFailsCostsTheOthersNothing() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    ask(
        () -> {
          loop.schedule(
              0,
              () -> {
                throw new IllegalStateException("by intention");
              });
          return loop.schedule(1, ran::countDown);
        });
    assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void eachPassageIsOneForAllAndComesEmpty() throws Exception {
    ask(
        () -> {
          assertPassage(loop.passage(), loop.passage(), ChunkPool.LARGE, true);
          assertPassage(loop.scrap(), loop.scrap(), ChunkPool.SMALL, true);
          int both = ChunkPool.LARGE + 2 * ChunkPool.SMALL;
          assertPassage(loop.heapPassage(), loop.heapPassage(), both, false);
          loop.passage().position(5).limit(6);
          loop.scrap().position(5).limit(6);
          loop.heapPassage().position(5).limit(6);
          assertThat(loop.passage().remaining()).isEqualTo(ChunkPool.LARGE);
          assertThat(loop.scrap().remaining()).isEqualTo(ChunkPool.SMALL);
          assertThat(loop.heapPassage().remaining()).isEqualTo(both);
          return null;
        });
  }

  private static void assertPassage(ByteBuffer one, ByteBuffer again, int size, boolean direct) {
    assertThat(one).isSameAs(again);
    assertThat(one.capacity()).isEqualTo(size);
    assertThat(one.isDirect()).isEqualTo(direct);
  }

  /** Two ends of one connection, the first of them on the loop. */
  private final class Registered implements AutoCloseable, IoLoop.Handler {
    private final SocketChannel channel;
    private final Socket peer;
    private final SelectionKey key;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile RuntimeException thrownWhenReady;
    private volatile RuntimeException thrownWhenFailed;

    private Registered(int interest) throws Exception {
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        channel =
            SocketChannel.open(
                new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
        peer = listener.accept();
      }
      channel.configureBlocking(false);
      key = ask(() -> loop.register(channel, interest, this));
    }

    @Override
    public void ready(SelectionKey which) {
      loop.removeInterest(which, SelectionKey.OP_READ);
      ready.countDown();
      if (thrownWhenReady != null) {
        throw thrownWhenReady;
      }
    }

    @Override
    public void failed(Throwable failure) {
      failures.add(failure);
      failed.countDown();
      if (thrownWhenFailed != null) {
        throw thrownWhenFailed;
      }
    }

    @Override
    public void close() throws Exception {
      channel.close();
      peer.close();
    }
  }

  @Test
  void aChannelIsServedFromWhenAnyThreadTakesAnInterest() throws Exception {
    try (Registered it = new Registered(0)) {
      it.peer.getOutputStream().write(1);
      assertThat(ask(() -> it.ready.getCount())).isEqualTo(1);
      loop.addInterest(it.key, SelectionKey.OP_READ);
      assertThat(it.ready.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ask(() -> it.key.interestOps())).isZero();
    }
  }

  @Test
  void interestInAChannelThatIsGoneIsNoError() throws Exception {
    Registered it = new Registered(0);
    it.close();
    assertThat(it.key.isValid()).isFalse();
    loop.addInterest(it.key, SelectionKey.OP_READ);
    loop.removeInterest(it.key, SelectionKey.OP_READ);
    loop.stop();
    thread.join();
    loop.addInterest(it.key, SelectionKey.OP_READ);
    assertThat(it.key.selector().isOpen()).isFalse();
  }

  @Test
  void aHandlerThatThrowsIsToldAndTheLoopGoesOn() throws Exception {
    try (Registered it = new Registered(0);
        Registered other = new Registered(SelectionKey.OP_READ)) {
      it.thrownWhenReady = new IllegalStateException("by intention");
      it.thrownWhenFailed = new IllegalStateException("by intention too");
      it.peer.getOutputStream().write(1);
      loop.addInterest(it.key, SelectionKey.OP_READ);
      assertThat(it.failed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(it.failures).containsExactly(it.thrownWhenReady);
      other.peer.getOutputStream().write(1);
      assertThat(other.ready.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other.failures).isEmpty();
    }
  }

  @Test
  void theEndIsAFailureOfWhateverIsRegistered() throws Exception {
    try (Registered it = new Registered(0)) {
      it.thrownWhenFailed = new IllegalStateException("by intention");
      loop.stop();
      thread.join();
      assertThat(it.failures).singleElement().isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void nothingIsRegisteredOnALoopThatStops() throws Exception {
    try (SocketChannel late = SocketChannel.open()) {
      late.configureBlocking(false);
      CompletableFuture<Void> tried = new CompletableFuture<>();
      loop.execute(
          () -> {
            loop.stop();
            assertThatThrownBy(() -> loop.register(late, SelectionKey.OP_CONNECT, new Deaf()))
                .isInstanceOf(ClosedChannelException.class);
            tried.complete(null);
          });
      tried.get(20, TimeUnit.SECONDS);
      assertThat(late.isRegistered()).isFalse();
    }
  }

  private static final class Deaf implements IoLoop.Handler {
    @Override
    public void ready(SelectionKey key) {}

    @Override
    public void failed(Throwable failure) {}
  }
}
