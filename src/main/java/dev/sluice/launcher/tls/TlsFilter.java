package dev.sluice.launcher.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.jspecify.annotations.Nullable;

/**
 * Grizzly's TLS with a deadline for the handshake. (Its own time limit makes each handshake hold a
 * worker; without it a handshake holds none, and lives for ever.)
 */
final class TlsFilter extends SSLBaseFilter {

  private static final Attribute<Future<?>> DEADLINE =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.tls-deadline");

  private final ScheduledExecutorService timer;
  private final Duration limit;

  /**
   * A filter for one listener.
   *
   * @param timer closes what is late
   * @param limit from the accepted connection to the end of its handshake
   */
  TlsFilter(SSLEngineConfigurator engines, ScheduledExecutorService timer, Duration limit) {
    super(engines);
    this.timer = timer;
    this.limit = limit;
  }

  @Override
  public NextAction handleAccept(FilterChainContext ctx) throws IOException {
    Connection<?> connection = ctx.getConnection();
    DEADLINE.set(
        connection,
        timer.schedule(connection::terminateSilently, limit.toNanos(), TimeUnit.NANOSECONDS));
    return super.handleAccept(ctx);
  }

  @Override
  public NextAction handleClose(FilterChainContext ctx) throws IOException {
    disarm(ctx.getConnection());
    return super.handleClose(ctx);
  }

  @Override
  protected void notifyHandshakeComplete(Connection<?> connection, SSLEngine engine) {
    disarm(connection);
    super.notifyHandshakeComplete(connection, engine);
  }

  private static void disarm(Connection<?> connection) {
    Future<?> deadline = DEADLINE.get(connection); // remove() would not say what it removed
    if (deadline != null) {
      deadline.cancel(false);
      DEADLINE.remove(connection);
    }
  }

  /**
   * Under the lock that writing takes: a renewal of keys that is wrapped by the reading thread must
   * leave in the order of wrapping, also while another thread writes data. Nothing is sent within:
   * see {@link ServerTls#secure}.
   */
  @Override
  protected Buffer doHandshakeStep(
      SSLConnectionContext tls, FilterChainContext ctx, Buffer input, Buffer output)
      throws IOException {
    synchronized (ctx.getConnection()) {
      return super.doHandshakeStep(tls, ctx, input, output);
    }
  }

  /**
   * Gives back what follows the client's renewal of keys in the same read: Grizzly goes on with
   * what this returns, asks with nothing, and would drop the rest.
   */
  @Override
  protected @Nullable Buffer doHandshakeSync(
      SSLConnectionContext tls, FilterChainContext ctx, @Nullable Buffer input, long timeoutMillis)
      throws IOException {
    Buffer rest = super.doHandshakeSync(tls, ctx, input, timeoutMillis);
    return input == null && rest == null ? ctx.getMessage() : rest;
  }
}
