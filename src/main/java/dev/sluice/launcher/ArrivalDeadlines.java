package dev.sluice.launcher;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * How long a request may take to arrive, from the accepted connection or its first byte to the last
 * byte of its body: who sends a byte a second holds a connection and a buffer. Grizzly's own idle
 * time starts anew with every byte.
 *
 * <p>What is late is cut off. A connection that asks for a WebSocket is never late again.
 */
final class ArrivalDeadlines implements AutoCloseable {

  private static final Attribute<Future<?>> DEADLINE =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.arrival-deadline");

  private static final Attribute<Boolean> UPGRADING =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.upgrading");

  private final ScheduledThreadPoolExecutor timer;
  private final Duration limit;

  /**
   * Deadlines for one listener.
   *
   * @param threads makes the one that cuts off
   */
  ArrivalDeadlines(Duration limit, ThreadFactory threads) {
    this.limit = limit;
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Puts what looks at bytes below the HTTP codec of the chain, and what sees whole requests. */
  void watch(FilterChainBuilder chain) {
    int codec = chain.indexOfType(HttpServerFilter.class);
    chain.add(codec + 1, new WholeRequests());
    chain.add(codec + 2, new Arrived());
    chain.add(codec, new Arriving());
  }

  /** Cuts the connection off unless it is closed, or a request of its arrives, within the limit. */
  void arm(Connection<?> connection) {
    DEADLINE.set(
        connection,
        timer.schedule(connection::terminateSilently, limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  private static void disarm(Connection<?> connection) {
    Future<?> deadline = DEADLINE.get(connection);
    if (deadline != null) {
      deadline.cancel(false);
      DEADLINE.remove(connection);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class Arriving extends BaseFilter {
    @Override
    public NextAction handleAccept(FilterChainContext ctx) {
      arm(ctx.getConnection());
      return ctx.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext ctx) {
      Connection<?> connection = ctx.getConnection();
      if (!UPGRADING.isSet(connection) && !DEADLINE.isSet(connection)) {
        arm(connection);
      }
      return ctx.getInvokeAction();
    }

    @Override
    public NextAction handleClose(FilterChainContext ctx) {
      disarm(ctx.getConnection());
      return ctx.getInvokeAction();
    }
  }

  private static final class Arrived extends BaseFilter {
    @Override
    public NextAction handleRead(FilterChainContext ctx) {
      Connection<?> connection = ctx.getConnection();
      if (!UPGRADING.isSet(connection)) {
        disarm(connection);
        HttpContent whole = ctx.getMessage();
        if (WholeRequests.isUpgrade((HttpRequestPacket) whole.getHttpHeader())) {
          UPGRADING.set(connection, Boolean.TRUE);
        }
      }
      return ctx.getInvokeAction();
    }
  }
}
