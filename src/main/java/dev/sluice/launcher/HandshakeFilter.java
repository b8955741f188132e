package dev.sluice.launcher;

import dev.sluice.access.Caller;
import dev.sluice.access.Forwarding;
import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.grizzly.GrizzlyLane;
import dev.sluice.http.Problem;
import dev.sluice.http.SecurityHeaders;
import dev.sluice.tunnel.Admission;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.Handshake;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TraceParent;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.AdmittedHandshake;
import dev.sluice.websocket.BlockedThreads;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.spi.ServerContainer;

/**
 * Tyrus on Grizzly, with the decision before it: servlet filters never see an upgrade here, and a
 * refusal has to leave as HTTP.
 */
final class HandshakeFilter extends GrizzlyServerFilter {

  private static final Attribute<Boolean> UPGRADED =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("sluice.upgraded");

  private static final int SWITCHING_PROTOCOLS = 101;

  private final String contextPath;
  private final TunnelService tunnels;
  private final BlockedThreads blocked;
  private final Lane lane;
  private final GrizzlyLane fastLane;
  private final Supplier<Forwarding> forwarding;
  private final DenialPace pace;

  HandshakeFilter(
      ServerContainer container, String contextPath, Instance<Object> beans, Lane lane) {
    super(container, contextPath);
    this.contextPath = contextPath;
    this.tunnels = beans.select(TunnelService.class).get();
    this.blocked = beans.select(BlockedThreads.class).get();
    this.forwarding = beans.select(new TypeLiteral<Supplier<Forwarding>>() {}).get();
    this.lane = lane;
    this.fastLane = new GrizzlyLane(tunnels);
    this.pace = beans.select(DenialPace.class).get();
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) throws IOException {
    HttpContent message = ctx.getMessage();
    HttpHeader header = message.getHttpHeader();
    Connection<?> connection = ctx.getConnection();
    if (UPGRADED.isSet(connection)) {
      return super.handleRead(ctx);
    }
    if (!(header instanceof HttpRequestPacket request)
        || !"websocket".equalsIgnoreCase(request.getUpgrade())) {
      return ctx.getInvokeAction();
    }
    Caller caller = Caller.of(new GrizzlyFacts(request), forwarding.get());
    boolean fast = lane == Lane.FAST;
    OpeningHandshake.Answer opening = GrizzlyLane.check(request);
    if (fast && opening instanceof OpeningHandshake.Refused malformed) {
      malformed.headers().forEach(request.getResponse()::setHeader);
      write(ctx, caller, Problem.malformed(malformed.status(), malformed.reason()));
      return ctx.getStopAction();
    }
    Admission admission = tunnels.admit(handshakeOf(request, caller));
    if (admission instanceof Refused refused) {
      return refuse(ctx, caller, refused);
    }
    Admitted admitted = (Admitted) admission;
    if (!fast || !(opening instanceof OpeningHandshake.Accepted accepted)) {
      return handOn(ctx, request, admitted);
    }
    try {
      return fastLane.take(ctx, message, accepted, admitted);
    } catch (IOException | RuntimeException e) {
      admitted.reservation().abandon();
      throw e;
    }
  }

  /** Lets Tyrus complete the handshake, or refuse it for reasons of its own. */
  private NextAction handOn(FilterChainContext ctx, HttpRequestPacket request, Admitted admitted)
      throws IOException {
    Connection<?> connection = ctx.getConnection();
    NextAction[] next = new NextAction[1];
    try {
      new AdmittedHandshake(admitted, tunnels, blocked, connection::terminateSilently)
          .around(() -> next[0] = super.handleRead(ctx));
    } finally {
      if (request.getResponse().getStatus() == SWITCHING_PROTOCOLS) {
        UPGRADED.set(connection, Boolean.TRUE);
      } else {
        admitted.reservation().abandon();
      }
    }
    return next[0];
  }

  private Handshake handshakeOf(HttpRequestPacket request, Caller caller) {
    String uri = request.getRequestURI();
    return new Handshake(
        uri.startsWith(contextPath) ? uri.substring(contextPath.length()) : uri,
        request.getQueryString(),
        ((InetSocketAddress) request.getConnection().getLocalAddress()).getPort(),
        caller,
        TraceParent.of(new GrizzlyFacts(request).headers(Handshake.TRACE_HEADER)));
  }

  /** Of a denial the connection waits, and no thread with it. */
  private NextAction refuse(FilterChainContext ctx, Caller caller, Refused refused) {
    Problem problem = Problem.of(refused);
    if (refused.startedAt() == 0) {
      write(ctx, caller, problem);
      return ctx.getStopAction();
    }
    NextAction suspended = ctx.getSuspendAction();
    ctx.suspend();
    var unused =
        pace.due(problem, refused.startedAt())
            .thenAccept(
                due -> {
                  write(ctx, caller, due);
                  ctx.completeAndRecycle();
                });
    return suspended;
  }

  /** Asynchronous, on whichever thread. */
  private static void write(FilterChainContext ctx, Caller caller, Problem problem) {
    HttpContent message = ctx.getMessage();
    byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = ((HttpRequestPacket) message.getHttpHeader()).getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setStatus(problem.status());
    // straight into the headers: of an upgrade's response Grizzly serialises no content type itself
    response.getHeaders().setValue("Content-Type").setString(Problem.CONTENT_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Connection", "close");
    response.setHeader("Cache-Control", "no-store");
    SecurityHeaders.of(caller.scheme().equals("https")).forEach(response::setHeader);
    problem.headers().forEach(response::setHeader);
    ctx.write(
        HttpContent.builder(response)
            .content(Buffers.wrap(ctx.getMemoryManager(), body))
            .last(true)
            .build());
    ctx.flush(
        new org.glassfish.grizzly.EmptyCompletionHandler<>() {
          @Override
          public void completed(Object result) {
            ctx.getConnection().closeSilently();
          }
        });
  }
}
