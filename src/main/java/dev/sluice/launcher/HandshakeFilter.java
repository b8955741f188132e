package dev.sluice.launcher;

import dev.sluice.access.Caller;
import dev.sluice.access.Forwarding;
import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.grizzly.GrizzlyLane;
import dev.sluice.http.Problem;
import dev.sluice.http.SecurityHeaders;
import dev.sluice.launcher.tls.ServerTls;
import dev.sluice.tunnel.Admission;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.Handshake;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.AdmittedHandshake;
import dev.sluice.websocket.BlockedThreads;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.Supplier;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.spi.ServerContainer;

/**
 * Tyrus on Grizzly, with the decision before it: servlet filters never see an upgrade here, and a
 * refusal has to leave as HTTP.
 */
final class HandshakeFilter extends GrizzlyServerFilter {

  /** Of a connection that Tyrus speaks WebSocket on. */
  private static final Attribute<FrameGuard> UPGRADED =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.upgraded");

  private static final int SWITCHING_PROTOCOLS = 101;

  private final String contextPath;
  private final TunnelService tunnels;
  private final BlockedThreads blocked;
  private final Lane lane;
  private final GrizzlyLane fastLane;
  private final Supplier<Forwarding> forwarding;
  private final DenialPace pace;
  private final ArrivalDeadlines deadlines;

  HandshakeFilter(
      ServerContainer container,
      String contextPath,
      Instance<Object> beans,
      Lane lane,
      ArrivalDeadlines deadlines) {
    super(container, contextPath);
    this.contextPath = contextPath;
    this.tunnels = beans.select(TunnelService.class).get();
    this.blocked = beans.select(BlockedThreads.class).get();
    this.forwarding = beans.select(new TypeLiteral<Supplier<Forwarding>>() {}).get();
    this.lane = lane;
    this.deadlines = deadlines;
    this.fastLane = new GrizzlyLane(tunnels);
    this.pace = beans.select(DenialPace.class).get();
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) throws IOException {
    HttpContent message = ctx.getMessage();
    HttpHeader header = message.getHttpHeader();
    Connection<?> connection = ctx.getConnection();
    FrameGuard guard = UPGRADED.get(connection);
    if (guard != null) {
      return guard.passes(message.getContent()) ? super.handleRead(ctx) : ctx.getStopAction();
    }
    if (!(header instanceof HttpRequestPacket request) || !WholeRequests.isUpgrade(request)) {
      return ctx.getInvokeAction();
    }
    Caller caller = Caller.of(new GrizzlyFacts(request), forwarding.get());
    OpeningHandshake.Answer opening = GrizzlyLane.check(request);
    if (opening instanceof OpeningHandshake.Refused malformed) {
      malformed.headers().forEach(request.getResponse()::setHeader);
      ProblemAnswer.write(
          ctx, isSecure(caller), Problem.malformed(malformed.status(), malformed.reason()));
      return ctx.getStopAction();
    }
    Admission admission = tunnels.admit(handshakeOf(request, caller));
    if (admission instanceof Refused refused) {
      return refuse(ctx, caller, refused);
    }
    if (lane == Lane.FAST && opening instanceof OpeningHandshake.Accepted accepted) {
      Map<String, String> fields = SecurityHeaders.ofUpgrade(isSecure(caller));
      return fastLane.take(
          ctx,
          GrizzlyLane.answer(request, accepted, fields),
          ServerTls.takeUnread(connection),
          (Admitted) admission);
    }
    NextAction[] next = new NextAction[1];
    new AdmittedHandshake((Admitted) admission, tunnels, blocked, connection::terminateSilently)
        .around(() -> next[0] = super.handleRead(ctx));
    if (request.getResponse().getStatus() == SWITCHING_PROTOCOLS) {
      UPGRADED.set(connection, new FrameGuard((NIOConnection) connection, deadlines));
    }
    return next[0];
  }

  private Handshake handshakeOf(HttpRequestPacket request, Caller caller) {
    String uri = request.getRequestURI();
    return new Handshake(
        uri.startsWith(contextPath) ? uri.substring(contextPath.length()) : uri,
        request.getQueryString(),
        ((InetSocketAddress) request.getConnection().getLocalAddress()).getPort(),
        caller);
  }

  /** Of a denial the connection waits, and no thread with it. */
  private NextAction refuse(FilterChainContext ctx, Caller caller, Refused refused) {
    Problem problem = Problem.of(refused);
    if (refused.startedAt() == 0) {
      ProblemAnswer.write(ctx, isSecure(caller), problem);
      return ctx.getStopAction();
    }
    NextAction suspended = ctx.getSuspendAction();
    ctx.suspend();
    var unused =
        pace.due(problem, refused.startedAt())
            .thenAccept(
                due -> {
                  ProblemAnswer.write(ctx, isSecure(caller), due);
                  ctx.completeAndRecycle();
                });
    return suspended;
  }

  private static boolean isSecure(Caller caller) {
    return caller.scheme().equals("https");
  }
}
