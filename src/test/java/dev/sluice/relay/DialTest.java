package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.SilentPort;
import dev.sluice.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One dial, against a target that answers, refuses or is silent. */
@Timeout(60)
class DialTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final LoopReports reports = new LoopReports();
  private IoLoops loops;
  private ServerSocket listener;

  @BeforeEach
  void listen() throws Exception {
    loops = IoLoops.start(1, Thread::new);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws Exception {
    loops.stop(10);
    listener.close();
    reports.close();
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private static final class Told implements Dial.Listener {
    private final CompletableFuture<SocketChannel> channel = new CompletableFuture<>();
    private final CompletableFuture<EndCause> cause = new CompletableFuture<>();
    private volatile int interest = -1;
    private volatile long nanos;
    private volatile String why;
    private volatile int times;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the loop's thread alone
    public void connected(SocketChannel connected, SelectionKey key, long connectNanos) {
      times++;
      interest = key.interestOps();
      nanos = connectNanos;
      channel.complete(connected);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // the loop's thread alone
    public void failed(EndCause ended, String explanation) {
      times++;
      why = explanation;
      cause.complete(ended);
    }

    private SocketChannel connection() throws Exception {
      return channel.get(20, TimeUnit.SECONDS);
    }

    private EndCause failure() throws Exception {
      return cause.get(20, TimeUnit.SECONDS);
    }
  }

  private Told dial(List<InetSocketAddress> addresses, Duration timeout, int send, int receive) {
    Told told = new Told();
    Dial.start(loops.next(), addresses, timeout, send, receive, told);
    return told;
  }

  @Test
  void aConnectionIsHandedOnWithoutInterestAndWithItsTime() throws Exception {
    long before = System.nanoTime();
    Told told = dial(List.of(address()), LONG, 0, 0);
    try (SocketChannel channel = told.connection()) {
      assertThat(told.nanos).isBetween(1L, System.nanoTime() - before);
      assertThat(told.interest).isZero();
      assertThat(channel.getRemoteAddress()).isEqualTo(address());
      assertThat(channel.isBlocking()).isFalse();
      assertThat(reports.failures()).isEmpty();
    }
  }

  @Test
  void aConnectionDelaysNothingKeepsAliveAndTakesUrgentBytesInTheirPlace() throws Exception {
    try (SocketChannel channel = dial(List.of(address()), LONG, 0, 0).connection()) {
      assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
      assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(channel.socket().getOOBInline()).isTrue();
    }
  }

  @Test
  void buffersAreTheSystemsUnlessTheirSizeIsGiven() throws Exception {
    try (SocketChannel usual = dial(List.of(address()), LONG, 0, 0).connection();
        SocketChannel given = dial(List.of(address()), LONG, 8_192, 12_288).connection()) {
      // the system gives twice as much, for its own bookkeeping
      assertThat(given.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(8_192, 16_384);
      assertThat(given.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(12_288, 24_576);
      assertThat(usual.getOption(StandardSocketOptions.SO_SNDBUF)).isGreaterThan(16_384);
      assertThat(usual.getOption(StandardSocketOptions.SO_RCVBUF)).isGreaterThan(24_576);
    }
  }

  @Test
  void whoIsConnectedHearsNothingMoreOfTheTimeLimit() throws Exception {
    Told told = dial(List.of(address()), LONG, 0, 0);
    try (SocketChannel channel = told.connection()) {
      loops.stop(10); // a timer that was left would run now
      assertThat(channel.isOpen()).isTrue();
      assertThat(told.times).isEqualTo(1);
    }
  }

  @Test
  void silenceIsATimeoutAtTheLimitAndLeavesNothingOpen() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      Told told = dial(List.of(silent.address()), Duration.ofMillis(50), 0, 0);
      assertThat(told.failure()).isEqualTo(EndCause.CONNECT_TIMEOUT);
      assertThat(told.why).isEqualTo("no answer in time");
      Await.until("nobody waits for the answer", () -> silent.dialsUnderWay() == 0);
      loops.stop(10); // what was left open would be told of now
      assertThat(told.times).isEqualTo(1);
    }
  }

  @Test
  void anAnswerThatComesLateIsAConnectionToo() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      InetSocketAddress busy = (InetSocketAddress) full.getLocalSocketAddress();
      long before = System.nanoTime();
      Told told = dial(List.of(busy), LONG, 0, 0);
      inLoop(() -> {});
      assertThat(told.channel).isNotDone();
      full.accept().close();
      full.accept().close();
      try (SocketChannel channel = told.connection()) { // once the system has asked again
        assertThat(channel.getRemoteAddress()).isEqualTo(busy);
        assertThat(told.interest).isZero();
        assertThat(told.nanos).isBetween(1L, System.nanoTime() - before);
      }
    }
  }

  @Test
  void noAddressIsAFailure() throws Exception {
    Told told = dial(List.of(), LONG, 0, 0);
    assertThat(told.failure()).isEqualTo(EndCause.CONNECT_FAILED);
    assertThat(told.why).isEqualTo("no address");
  }

  @Test
  void theLastRefusalIsWhatIsTold() throws Exception {
    InetSocketAddress nobody = address();
    listener.close();
    Told told = dial(List.of(InetSocketAddress.createUnresolved("a", 1), nobody), LONG, 0, 0);
    assertThat(told.failure()).isEqualTo(EndCause.CONNECT_FAILED);
    assertThat(told.why).isEqualTo("Connection refused");
    loops.stop(10);
    assertThat(told.times).isEqualTo(1);
  }

  @Test
  void anAddressThatCannotBeDialledIsPassedOver() throws Exception {
    Told told = dial(List.of(InetSocketAddress.createUnresolved("a", 1), address()), LONG, 0, 0);
    try (SocketChannel channel = told.connection()) {
      assertThat(channel.getRemoteAddress()).isEqualTo(address());
    }
  }

  @Test
  void aDialThatFailsLeavesNothingOpen() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      Told told = new Told();
      Dial dial = Dial.start(loops.next(), List.of(silent.address()), LONG, 0, 0, told);
      inLoop(() -> {});
      assertThat(silent.dialsUnderWay()).isEqualTo(1);
      inLoop(() -> dial.failed(new IOException("by intention")));
      assertThat(told.failure()).isEqualTo(EndCause.CONNECT_FAILED);
      assertThat(told.why).isEqualTo("by intention");
      Await.until("nobody waits for the answer", () -> silent.dialsUnderWay() == 0);
    }
  }

  @Test
  void whoCancelsHearsNothingAndLeavesNothingOpen() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      Told told = new Told();
      Dial dial = Dial.start(loops.next(), List.of(silent.address()), LONG, 0, 0, told);
      inLoop(() -> {});
      assertThat(silent.dialsUnderWay()).isEqualTo(1);
      inLoop(
          () -> {
            dial.cancel();
            dial.cancel();
          });
      Await.until("nobody waits for the answer", () -> silent.dialsUnderWay() == 0);
      loops.stop(10);
      assertThat(told.times).isZero();
    }
  }

  private void inLoop(Runnable task) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    loops.next().execute(task);
    loops.next().execute(done::countDown);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoCancelsBeforeTheLoopHasBegunHearsNothing() throws Exception {
    Told told = new Told();
    IoLoop loop = loops.next();
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(
        () -> {
          Dial.start(loop, List.of(address()), LONG, 0, 0, told).cancel();
          loop.execute(done::countDown);
        });
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    loops.stop(10);
    assertThat(told.times).isZero();
  }
}
