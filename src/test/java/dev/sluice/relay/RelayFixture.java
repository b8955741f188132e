package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One relay between a fake WebSocket and a real socket on loopback. */
abstract class RelayFixture implements RelayListener {

  static final RelaySettings SETTINGS =
      new RelaySettings(
          RelaySettings.HIGH_WATER_MARK,
          1_048_576,
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofSeconds(20),
          Duration.ZERO,
          0,
          0,
          0,
          0);

  final MemoryBudget budget = new MemoryBudget(1L << 30);
  final ChunkPool pool = new ChunkPool(budget);
  final FakePort port = new FakePort();
  final CountDownLatch connected = new CountDownLatch(1);
  final CountDownLatch ended = new CountDownLatch(1);
  final AtomicInteger ends = new AtomicInteger();
  final AtomicLong gateShut = new AtomicLong();
  final AtomicLong clientStopped = new AtomicLong();
  volatile EndCause cause;
  volatile String detail;
  Upstream up;
  IoLoops loops;
  ServerSocket listener;
  Relay relay;
  Socket target;

  @BeforeEach
  void listen() throws IOException {
    loops = IoLoops.start(1, Thread::new);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    if (target != null) {
      target.close();
    }
    listener.close();
    loops.stop(10);
  }

  @Override
  public void connected(InetSocketAddress address, long connectNanos) {
    connected.countDown();
  }

  @Override
  public void gateWasShut(long nanos) {
    gateShut.addAndGet(nanos);
  }

  @Override
  public void clientWasStopped(long nanos) {
    clientStopped.addAndGet(nanos);
  }

  @Override
  public void ended(EndCause why, String explanation) {
    cause = why;
    detail = explanation;
    ends.incrementAndGet();
    ended.countDown();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  void make(RelaySettings settings) {
    up = new Upstream(pool, settings);
    relay = new Relay(loops.next(), new Downstream(pool, settings), up, port, settings, this);
    port.onPing = relay::ponged;
  }

  /** A relay that is through to its target. */
  void open() throws Exception {
    open(SETTINGS);
  }

  void open(RelaySettings settings) throws Exception {
    make(settings);
    relay.start(List.of(address()));
    target = listener.accept();
    target.setSoTimeout(20_000);
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
  }

  void fromClient(byte[] bytes) {
    relay.received(ByteBuffer.wrap(bytes));
  }

  /** When this returns, all that was handed to the loop before has been done. */
  void settle() throws InterruptedException {
    CountDownLatch round = new CountDownLatch(1);
    loops.next().execute(round::countDown);
    assertThat(round.await(20, TimeUnit.SECONDS)).isTrue();
  }

  void assertEndedOnceBy(EndCause expected) throws InterruptedException {
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(cause).isEqualTo(expected);
    settle();
    assertThat(ends).hasValue(1);
    assertThat(port.closes).hasSize(1);
    assertThat(budget.used()).isZero();
  }

  /** Completes sends from a thread of the container's, until the WebSocket is closed. */
  void completeSends() {
    Thread container =
        new Thread(
            () -> {
              while (port.closed.getCount() > 0) {
                if (!port.complete(true)) {
                  Thread.onSpinWait();
                }
              }
            });
    container.setDaemon(true);
    container.start();
  }

  /** The target reads what has come, and then a reset. */
  void assertTargetSeesAReset() {
    assertThatThrownBy(
            () -> {
              InputStream in = target.getInputStream();
              while (in.read() >= 0) {}
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }
}
