package dev.sluice.launcher.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLConnectionContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * Grizzly's TLS with a deadline for the handshake. (Its own time limit makes each handshake hold a
 * worker; without it a handshake holds none, and lives for ever.)
 */
final class TlsFilter extends SSLBaseFilter {

  private static final Attribute<Future<?>> DEADLINE =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.tls-deadline");

  private static final Attribute<Buffer> UNREAD =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.tls-unread");

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

  /** The beginning of a record stays here, where whoever takes the connection over finds it. */
  @Override
  public NextAction handleRead(FilterChainContext ctx) throws IOException {
    Connection<?> connection = ctx.getConnection();
    Buffer input =
        Buffers.appendBuffers(ctx.getMemoryManager(), UNREAD.remove(connection), ctx.getMessage());
    int whole = wholeRecords(input);
    if (whole < input.remaining()) {
      UNREAD.set(connection, input.split(input.position() + whole));
    }
    if (whole == 0) {
      return ctx.getStopAction();
    }
    ctx.setMessage(input);
    return super.handleRead(ctx);
  }

  private static int wholeRecords(Buffer input) throws SSLException {
    int start = input.position();
    int record = SSLUtils.getSSLPacketSize(input);
    while (record >= 0 && record <= input.remaining()) {
      input.position(input.position() + record);
      record = SSLUtils.getSSLPacketSize(input);
    }
    int whole = input.position() - start;
    input.position(start);
    return whole;
  }

  /** See {@link ServerTls#takeUnread}. */
  static ByteBuffer takeUnread(Connection<?> connection) {
    Buffer unread = UNREAD.remove(connection);
    if (unread == null) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer bytes = ByteBuffer.allocate(unread.remaining());
    unread.get(bytes);
    return bytes.flip();
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
