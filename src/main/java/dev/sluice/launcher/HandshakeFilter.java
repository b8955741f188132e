package dev.sluice.launcher;

import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.grizzly.GrizzlyLane;
import dev.sluice.http.Problem;
import dev.sluice.tunnel.Admission;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.Handshake;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.AdmittedHandshake;
import dev.sluice.websocket.BlockedThreads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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

  HandshakeFilter(
      ServerContainer container,
      String contextPath,
      TunnelService tunnels,
      BlockedThreads blocked,
      Lane lane) {
    super(container, contextPath);
    this.contextPath = contextPath;
    this.tunnels = tunnels;
    this.blocked = blocked;
    this.lane = lane;
    this.fastLane = new GrizzlyLane(tunnels);
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
    boolean fast = lane == Lane.FAST;
    OpeningHandshake.Answer opening = GrizzlyLane.check(request);
    if (fast && opening instanceof OpeningHandshake.Refused malformed) {
      malformed.headers().forEach(request.getResponse()::setHeader);
      return refuse(ctx, request, Problem.malformed(malformed.status(), malformed.reason()));
    }
    Admission admission = tunnels.admit(handshakeOf(request));
    if (admission instanceof Refused refused) {
      return refuse(ctx, request, Problem.of(refused.outcome(), refused.message()));
    }
    if (fast && opening instanceof OpeningHandshake.Accepted accepted) {
      return fastLane.take(ctx, message, accepted, (Admitted) admission);
    }
    NextAction[] next = new NextAction[1];
    new AdmittedHandshake((Admitted) admission, tunnels, blocked, connection::terminateSilently)
        .around(() -> next[0] = super.handleRead(ctx));
    if (request.getResponse().getStatus() == SWITCHING_PROTOCOLS) {
      UPGRADED.set(connection, Boolean.TRUE);
    }
    return next[0];
  }

  private Handshake handshakeOf(HttpRequestPacket request) {
    String uri = request.getRequestURI();
    return new Handshake(
        uri.startsWith(contextPath) ? uri.substring(contextPath.length()) : uri,
        request.getQueryString(),
        request.getHeader("Origin"),
        request.isSecure() ? "https" : "http",
        request.getHeader("Host"),
        request.getRemoteAddress(),
        ((InetSocketAddress) request.getConnection().getLocalAddress()).getPort(),
        role -> false);
  }

  private static NextAction refuse(
      FilterChainContext ctx, HttpRequestPacket request, Problem problem) {
    byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = request.getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setStatus(problem.status());
    // straight into the headers: of an upgrade's response Grizzly serialises no content type itself
    response.getHeaders().setValue("Content-Type").setString(Problem.CONTENT_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Connection", "close");
    response.setHeader("Cache-Control", "no-store");
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
    return ctx.getStopAction();
  }
}
