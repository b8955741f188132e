package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.SilentPort;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DialOnAStoppingLoopTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void aDialWithAddressesLeftFailsWhenItsLoopStops() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      IoLoops loops = IoLoops.start(1, Thread::new);
      Told told = new Told();
      List<InetSocketAddress> twice = List.of(silent.address(), silent.address());
      Dial.start(loops.next(), twice, LONG, 0, 0, told);
      loops.stop(10);
      assertThat(told.cause.get(10, TimeUnit.SECONDS)).isEqualTo(EndCause.CONNECT_FAILED);
    }
  }

  @Test
  void aDialOnALoopThatHasStoppedFailsAtOnce() throws Exception {
    try (SilentPort silent = SilentPort.open()) {
      IoLoops loops = IoLoops.start(1, Thread::new);
      loops.stop(10);
      Told told = new Told();
      Dial.start(loops.next(), List.of(silent.address()), LONG, 0, 0, told);
      assertThat(told.cause.get(10, TimeUnit.SECONDS)).isEqualTo(EndCause.CONNECT_FAILED);
    }
  }

  private static final class Told implements Dial.Listener {
    private final CompletableFuture<EndCause> cause = new CompletableFuture<>();

    @Override
    public void connected(SocketChannel channel, SelectionKey key, long connectNanos) {
      cause.completeExceptionally(new AssertionError("connected"));
    }

    @Override
    public void failed(EndCause why, String message) {
      if (!cause.complete(why)) {
        throw new AssertionError("told twice");
      }
    }
  }
}
