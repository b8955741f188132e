package dev.sluice.frames.undertow;

import dev.sluice.frames.stream.ChannelStream;
import dev.sluice.frames.stream.FramePort;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.servlet.handlers.ServletRequestContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

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
  public static boolean take(Admitted admitted, TunnelService tunnels) {
    ServletRequestContext request = ServletRequestContext.current();
    if (request == null
        || !(request.getExchange().getConnection() instanceof HttpServerConnection connection)) {
      return false;
    }
    SocketChannel channel = channelOf(connection);
    if (channel == null) {
      return false;
    }
    connection.addCloseListener(closed -> admitted.reservation().abandon());
    upgrade(
        request.getExchange(),
        () -> {
          FramePort port =
              new FramePort(
                  new ChannelStream(
                      channel,
                      connection,
                      admitted.reservation().loop(),
                      NOTHING,
                      takeLeftover(connection)));
          port.start(tunnels.open(admitted, Lane.FAST, port));
        });
    return true;
  }

  /** By a proxy: the listener's method names a class of XNIO's, which a deployment does not see. */
  private static void upgrade(HttpServerExchange exchange, Runnable then) {
    Object listener =
        Proxy.newProxyInstance(
            HttpUpgradeListener.class.getClassLoader(),
            new Class<?>[] {HttpUpgradeListener.class},
            (proxy, method, arguments) -> {
              then.run();
              return null;
            });
    exchange.upgradeChannel((HttpUpgradeListener) listener);
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

  /** The conduit of a socket has its channel, and of nothing else: null with TLS. */
  private static @Nullable SocketChannel channelOf(HttpServerConnection connection) {
    Object conduit = connection.getOriginalSinkConduit();
    try {
      Method getter = conduit.getClass().getDeclaredMethod("getSocketChannel");
      getter.setAccessible(true);
      return (SocketChannel) getter.invoke(conduit);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
