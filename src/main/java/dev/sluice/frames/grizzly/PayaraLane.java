package dev.sluice.frames.grizzly;

import dev.sluice.frames.stream.ChannelStream;
import dev.sluice.frames.stream.FramePort;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http2.Http2ServerFilter;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connection of an admitted request out of Payara, whose HTTP is Grizzly's: a servlet
 * that has been upgraded is served at half the speed.
 */
public final class PayaraLane {

  /** Never: the server finishes, and uses again, what it does not take for suspended. */
  private static final long NO_TIMEOUT = 0;

  private PayaraLane() {}

  /**
   * Takes the connection over and opens its tunnel, if it can be had. The request's thread; the
   * filter chain is not to go on.
   *
   * @param answer the bytes of the 101
   * @return false when the connection stays as it is: with TLS, of which Payara keeps to itself
   *     what it has read of a record; while an answer before this one waits for the client; behind
   *     a filter that allows no asynchronous answer; or when this Payara does not show its insides
   */
  public static boolean take(
      ServletRequest request, ByteBuffer answer, Admitted admitted, TunnelService tunnels)
      throws IOException {
    Request inner = request.isAsyncSupported() ? innermost(request) : null;
    if (inner == null || !isTheWholeConnection(inner.getContext())) {
      return false;
    }
    forget(inner.getContext());
    request.startAsync().setTimeout(NO_TIMEOUT);
    TakenConnection connection = new TakenConnection(inner.getContext());
    SocketChannel channel = connection.channel();
    try {
      ByteBuffer leftover = TakenConnection.copy(inner.getInputBuffer().getBuffer());
      connection.letGo();
      FramePort port =
          new FramePort(
              new ChannelStream(channel, channel, admitted.reservation().loop(), answer, leftover));
      port.start(tunnels.open(admitted, Lane.FAST, port));
      return true;
    } catch (RuntimeException | Error e) {
      channel.close(); // nobody else will
      throw e;
    }
  }

  /** HTTP/2, which knows every open connection, forgets one when it is told that it closes. */
  private static void forget(FilterChainContext ctx) throws IOException {
    for (Filter filter : ctx.getFilterChain()) {
      if (filter instanceof Http2ServerFilter http2) {
        http2.handleClose(ctx);
      }
    }
  }

  /** Whether the channel is: AJP and TLS put bytes of their own in it, and an answer may wait. */
  private static boolean isTheWholeConnection(FilterChainContext ctx) {
    return ctx.getFilterChain().indexOfType(HttpServerFilter.class) >= 0
        && SSLUtils.getSSLEngine(ctx.getConnection()) == null
        && TakenConnection.hasWrittenAll(ctx.getConnection());
  }

  /** By the names of public methods: Payara's classes are in no repository to compile against. */
  private static @Nullable Request innermost(ServletRequest request) {
    ServletRequest facade = request;
    while (facade instanceof ServletRequestWrapper wrapper) {
      facade = wrapper.getRequest();
    }
    try {
      Object catalinas = facade.getClass().getMethod("getUnwrappedCoyoteRequest").invoke(facade);
      Object grizzlys = catalinas.getClass().getMethod("getCoyoteRequest").invoke(catalinas);
      return grizzlys instanceof Request found ? found : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }
}
