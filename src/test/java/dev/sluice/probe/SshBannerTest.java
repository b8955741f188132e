package dev.sluice.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.relay.IoLoops;
import dev.sluice.testing.FreePort;
import dev.sluice.testing.ScriptedTarget;
import dev.sluice.testing.SilentPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SshBannerTest {

  private static final Duration SHORT = Duration.ofMillis(200);
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
  void theIdentificationIsReadAndTheConnectionClosedWithoutAWord() throws Exception {
    CompletableFuture<Integer> heard = new CompletableFuture<>();
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              say(connection.getOutputStream(), "hello\r\nSSH-2.0-fake_1.0 for tests\r\n");
              heard.complete(connection.getInputStream().read());
            })) {
      BannerResult result = banner(target.address(), LONG);
      assertThat(result)
          .isInstanceOfSatisfying(
              BannerResult.Found.class,
              found -> {
                assertThat(found.identification().software()).isEqualTo("fake_1.0");
                assertThat(found.address()).isEqualTo(target.address());
                assertThat(found.connectNanos()).isPositive();
              });
      assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }

  @Test
  void aRefusalIsAFailedConnect() throws Exception {
    assertThat(banner(FreePort.refusing(), LONG))
        .isEqualTo(new BannerResult.Failed(ProbeFailure.CONNECT_FAILED, "Connection refused"));
  }

  @Test
  void anUnansweredConnectTimesOut() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      assertThat(banner(silent.address(), SHORT))
          .isEqualTo(new BannerResult.Failed(ProbeFailure.CONNECT_TIMEOUT, "no answer in time"));
    }
  }

  @Test
  void aServerThatWaitsForTheClientRunsIntoTheDeadline() throws Exception {
    try (ScriptedTarget target =
        ScriptedTarget.serving(connection -> connection.getInputStream().read())) {
      assertThat(banner(target.address(), SHORT))
          .isEqualTo(notSsh("no SSH identification within 200 ms"));
    }
  }

  @Test
  void dripsDoNotMoveTheDeadline() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              try {
                // would go on for 80 times the deadline, were each drip to move it
                for (int i = 0; i < 8_000; i++) {
                  connection.getOutputStream().write(i % 100 == 99 ? '\n' : 'a');
                  Thread.sleep(2);
                }
              } catch (IOException e) {
                hungUp.countDown();
              }
            })) {
      assertThat(banner(target.address(), SHORT))
          .isEqualTo(notSsh("no SSH identification within 200 ms"));
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endlessGarbageIsCut() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              try {
                while (true) {
                  say(connection.getOutputStream(), "garbage\n".repeat(1_000));
                }
              } catch (IOException e) {
                hungUp.countDown();
              }
            })) {
      assertThat(banner(target.address(), LONG))
          .isEqualTo(notSsh("not an SSH server: no identification within 8192 bytes"));
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aServerThatClosesWithoutAWordIsNotAnSshServer() throws Exception {
    try (ScriptedTarget target = ScriptedTarget.serving(connection -> {})) {
      assertThat(banner(target.address(), LONG))
          .isEqualTo(notSsh("the target closed the connection without a word"));
    }
  }

  @Test
  void aResetIsTold() throws Exception {
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              say(connection.getOutputStream(), "SSH-2.0-al");
              ScriptedTarget.reset(connection);
            })) {
      BannerResult told = banner(target.address(), LONG);
      // the reset may even overtake the last step of the dial, in the system's words
      if (!told.equals(notSsh("the connection broke before an SSH identification"))) {
        assertThat(told)
            .isInstanceOfSatisfying(
                BannerResult.Failed.class,
                failed -> {
                  assertThat(failed.failure()).isEqualTo(ProbeFailure.CONNECT_FAILED);
                  assertThat(failed.message()).startsWith("Connection reset");
                });
      }
    }
  }

  @Test
  void aCancelledReadHangsUp() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch hungUp = new CountDownLatch(1);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              connected.countDown();
              if (connection.getInputStream().read() < 0) {
                hungUp.countDown();
              }
            })) {
      var result = SshBanner.start(loops.next(), List.of(target.address()), LONG);
      assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
      result.cancel(false);
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aReadWhoseLoopStopsIsTold() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    try (ScriptedTarget target =
        ScriptedTarget.serving(
            connection -> {
              connected.countDown();
              connection.getInputStream().read();
            })) {
      var result = SshBanner.start(loops.next(), List.of(target.address()), LONG);
      assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
      loops.stop(10);
      assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(BannerResult.Failed.class);
    }
  }

  private BannerResult banner(InetSocketAddress address, Duration timeout) throws Exception {
    return SshBanner.start(loops.next(), List.of(address), timeout).get(30, TimeUnit.SECONDS);
  }

  private static BannerResult notSsh(String message) {
    return new BannerResult.Failed(ProbeFailure.NOT_SSH, message);
  }

  private static void say(OutputStream out, String ascii) throws IOException {
    out.write(ascii.getBytes(US_ASCII));
    out.flush();
  }
}
