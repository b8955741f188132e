package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.relay.IoLoops;
import dev.sluice.testing.FreePort;
import dev.sluice.testing.ScriptedTarget;
import dev.sluice.testing.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpPingTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);

  private IoLoops loops;

  @BeforeEach
  void startLoops() throws IOException {
    loops = IoLoops.start(1, Thread::new);
  }

  @AfterEach
  void stopLoops() {
    loops.stop(10);
  }

  @Test
  void everySampleIsAConnectOfItsOwn() throws Exception {
    CountDownLatch closedByPing = new CountDownLatch(5);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              if (connection.getInputStream().read() < 0) {
                closedByPing.countDown();
              }
            })) {
      PingResult result = ping(List.of(target.address()), 5, LONG);
      assertThat(result.samples()).hasSize(5).allMatch(s -> !s.isLost() && s.nanos() > 0);
      assertThat(result.lost()).isZero();
      assertThat(result.address()).isEqualTo(target.address());
      assertThat(closedByPing.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(target.accepted()).isEqualTo(5);
    }
  }

  @Test
  void aRefusalIsALostSampleThatSaysWhy() throws Exception {
    PingResult result = ping(List.of(FreePort.refusing()), 2, LONG);
    assertThat(result.lost()).isEqualTo(2);
    assertThat(result.roundTrips()).isEmpty();
    assertThat(result.last().failure()).isEqualTo(ProbeFailure.CONNECT_FAILED);
    assertThat(result.last().message()).isEqualTo("Connection refused");
  }

  @Test
  void silenceIsALostSampleAfterItsTimeout() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      long startedAt = System.nanoTime();
      PingResult result = ping(List.of(silent.address()), 2, SHORT);
      assertThat(System.nanoTime() - startedAt).isGreaterThanOrEqualTo(2 * SHORT.toNanos());
      assertThat(result.samples())
          .extracting(PingSample::failure)
          .containsExactly(ProbeFailure.CONNECT_TIMEOUT, ProbeFailure.CONNECT_TIMEOUT);
    }
  }

  @Test
  void theAddressThatAnswersFirstIsMeasuredAlone() throws Exception {
    try (ScriptedTarget target = ScriptedTarget.serving(connection -> {})) {
      InetSocketAddress dead = FreePort.refusing();
      PingResult result = ping(List.of(dead, target.address()), 3, LONG);
      assertThat(result.lost()).isZero();
      assertThat(result.address()).isEqualTo(target.address());
    }
  }

  @Test
  void aCancelledPingLetsItsSocketGo() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      Set<String> before = openSockets();
      CompletableFuture<PingResult> result =
          TcpPing.start(loops.next(), List.of(silent.address()), 20, LONG);
      result.cancel(false);
      loops.stop(10);
      assertThat(openSockets()).isSubsetOf(before);
    }
  }

  @Test
  void aPingWhoseLoopStopsIsTold() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      CompletableFuture<PingResult> result =
          TcpPing.start(loops.next(), List.of(silent.address()), 20, LONG);
      loops.stop(10);
      assertThat(result.get(10, TimeUnit.SECONDS).lost()).isEqualTo(20);
    }
  }

  @Test
  void fiveHundredFailingPingsLeakNoDescriptor() throws Exception {
    InetSocketAddress refusing = FreePort.refusing();
    try (SilentPort silent = SilentPort.open()) {
      Set<String> before = openSockets();
      for (int i = 0; i < 500; i++) {
        boolean refused = i % 2 == 0;
        PingResult result =
            ping(List.of(refused ? refusing : silent.address()), 1, Duration.ofMillis(1));
        assertThat(result.lost()).isEqualTo(1);
      }
      loops.stop(10);
      assertThat(openSockets()).isSubsetOf(before);
    }
  }

  @Test
  void countAndAddressesAreHeldToTheirBounds() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    assertThatThrownBy(() -> TcpPing.start(loops.next(), List.of(), 1, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TcpPing.start(loops.next(), List.of(any), 0, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TcpPing.start(loops.next(), List.of(any), 21, LONG))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PingResult ping(List<InetSocketAddress> addresses, int count, Duration timeout)
      throws Exception {
    return TcpPing.start(loops.next(), addresses, count, timeout).get(30, TimeUnit.SECONDS);
  }

  /** By their inodes: what an earlier test left may go to the collector meanwhile. */
  private static Set<String> openSockets() throws IOException {
    Set<String> sockets = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          String open = Files.readSymbolicLink(descriptor).toString();
          if (open.startsWith("socket:")) {
            sockets.add(open);
          }
        } catch (NoSuchFileException closedMeanwhile) {
          // the listing's own descriptor
        }
      }
    }
    return sockets;
  }
}
