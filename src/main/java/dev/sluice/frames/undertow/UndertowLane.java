package dev.sluice.frames.undertow;

import dev.sluice.frames.stream.ChannelStream;
import dev.sluice.frames.stream.FramePort;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Takes the connection of an admitted request out of WildFly's Undertow, which completes the
 * handshake. The channel stays known to XNIO, that asks nothing of it any more, and counts it until
 * it is closed.
 */
public final class UndertowLane {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private UndertowLane() {}

  /**
   * Has the tunnel opened when the 101 has left, if the connection can be had. The request's
   * thread; the answer has its fields, and the filter chain is not to go on.
   *
   * @return false when nothing has been done: with TLS, whose state the channel is not all of, or
   *     when this Undertow does not show its insides
   */
  public static boolean take(Admitted admitted, TunnelService tunnels) throws IOException {
    ServletRequestContext request = ServletRequestContext.current();
    if (request == null
        || !(request.getExchange().getConnection() instanceof HttpServerConnection connection)) {
      return false;
    }
    SocketChannel channel = channelOf(connection);
    if (channel == null) {
      return false;
    }
    // a client that goes before the handshake is complete
    connection.addCloseListener(gone -> admitted.reservation().abandon());
    request
        .getExchange()
        .upgradeChannel(
            (below, exchange) -> {
              try {
                rest(below);
                open(channel, connection, admitted, tunnels);
              } catch (RuntimeException | Error e) {
                IoUtils.safeClose(connection);
                throw e;
              }
            });
    return true;
  }

  private static void open(
      SocketChannel channel,
      HttpServerConnection connection,
      Admitted admitted,
      TunnelService tunnels) {
    ByteBuffer leftover = takeLeftover(connection);
    FramePort port =
        new FramePort(
            new ChannelStream(
                channel, connection, admitted.reservation().loop(), NOTHING, leftover));
    port.start(tunnels.open(admitted, Lane.FAST, port));
    // by the server: a selector tells nobody of a channel that somebody else has closed
    connection.addCloseListener(gone -> port.lost(closed()));
    if (!connection.isOpen()) {
      port.lost(closed());
    }
  }

  private static IOException closed() {
    return new IOException("the server has closed the connection");
  }

  /** Ends the read and write timeouts too, 90 s on WildFly, that would close the connection. */
  private static void rest(StreamConnection connection) {
    connection.getSourceChannel().suspendReads();
    connection.getSinkChannel().suspendWrites();
  }

  /** What has been read behind the handshake. */
  private static ByteBuffer takeLeftover(HttpServerConnection connection) {
    PooledByteBuffer extra = connection.getExtraBytes();
    if (extra == null) {
      return NOTHING;
    }
    connection.setExtraBytes(null);
    try (extra) {
      ByteBuffer bytes = extra.getBuffer();
      return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
  }

  /** Null when there is more between the bytes and the socket, TLS that is. */
  private static @Nullable SocketChannel channelOf(HttpServerConnection connection)
      throws IOException {
    ChannelCatcher catcher = new ChannelCatcher();
    connection.getOriginalSinkConduit().transferFrom(catcher, 0, 0);
    return catcher.caught();
  }
}
