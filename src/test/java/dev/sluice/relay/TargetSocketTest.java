package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TargetSocketTest {

  private static final class Deaf implements IoLoop.Handler {
    @Override
    public void ready(SelectionKey key) {}

    @Override
    public void failed(Throwable failure) {}
  }

  @Test
  void onlyTheEndOfTheStreamIsAnEndAndNotThatNothingIsThere() throws Exception {
    IoLoop loop = new IoLoop();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel = SocketChannel.open(listener.getLocalSocketAddress());
        Socket peer = listener.accept()) {
      channel.configureBlocking(false);
      TargetSocket target = new TargetSocket(loop, channel, loop.register(channel, 0, new Deaf()));
      assertThat(target.discard()).isFalse();
      peer.getOutputStream().write(1);
      assertThat(target.discard()).isFalse();
      peer.shutdownOutput();
      Await.until("the end has come", target::discard);
    } finally {
      loop.stop();
      loop.run(); // ends at once, and closes its selector
    }
  }
}
