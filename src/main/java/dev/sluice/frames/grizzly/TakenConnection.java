package dev.sluice.frames.grizzly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.utils.DelayedExecutor;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;

/**
 * A connection on its way out of Grizzly, which is never told that it closes: whatever would refer
 * to it until then, and with it to the request, has to be told now.
 */
final class TakenConnection {

  private final NIOConnection connection;

  /**
   * Reads no more of the connection that {@code ctx} is of. The thread that has read the handshake.
   */
  TakenConnection(FilterChainContext ctx) throws IOException {
    connection = (NIOConnection) ctx.getConnection();
    connection.disableIOEvent(IOEvent.READ);
    for (Filter filter : ctx.getFilterChain()) {
      if (filter instanceof IdleTimeoutFilter idle) {
        // dropped at its next look; removing it, as for a close, would have it closed
        idle.getResolver().setTimeoutMillis(connection, DelayedExecutor.UNSET_TIMEOUT);
      }
    }
  }

  SocketChannel channel() {
    return (SocketChannel) connection.getChannel();
  }

  /** Grizzly's selector lets go of the channel: nothing of the chain is called for it any more. */
  void letGo() {
    ((NIOTransport) connection.getTransport())
        .getSelectorHandler()
        .deregisterChannelAsync(connection.getSelectorRunner(), connection.getChannel(), null);
  }

  /** Whether nothing waits for the client to read, such as an answer to a request before. */
  static boolean hasWrittenAll(Connection<?> connection) {
    return ((NIOConnection) connection).getAsyncWriteQueue().isEmpty();
  }

  static ByteBuffer copy(Buffer content) {
    ByteBuffer bytes = ByteBuffer.allocate(content.remaining());
    content.get(bytes);
    return bytes.flip();
  }
}
