package dev.sluice.http;

import dev.sluice.access.Caller;
import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.servlet.ServletLane;
import dev.sluice.tunnel.Admission;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.Handshake;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.Outcome;
import dev.sluice.tunnel.TraceParent;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.AdmittedHandshake;
import dev.sluice.websocket.BlockedThreads;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.function.Supplier;

/**
 * In front of everything: security headers on every answer, and the decision before the 101 on the
 * addresses that open tunnels. A filter's status is the one refusal that every server sends as it
 * is. (On the embedded server upgrades do not come by here; its own filter asks the same service.)
 */
@Dependent
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class GatewayFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** Over the pace of denials, for the container's threads to get to the answer. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  @Inject private transient TunnelService tunnels;
  @Inject private transient BlockedThreads blocked;
  @Inject private transient Supplier<Lane> lane;
  @Inject private transient ServletLane fastLane;
  @Inject private transient Entrance entrance;
  @Inject private transient DenialPace pace;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Caller caller = entrance.caller(request);
    SecurityHeaders.of(caller.scheme().equals("https")).forEach(response::setHeader);
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (!isTunnel(path)) {
      chain.doFilter(request, response);
    } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      Problem.of(Outcome.BAD_REQUEST, "this address speaks WebSocket: send an upgrade")
          .send(response);
    } else {
      admit(
          new Handshake(
              path,
              request.getQueryString(),
              request.getLocalPort(),
              caller,
              TraceParent.of(Collections.list(request.getHeaders(Handshake.TRACE_HEADER)))),
          request,
          response,
          chain);
    }
  }

  private static boolean isTunnel(String path) {
    return path.equals("/tunnel") || path.startsWith("/tunnel/") || path.equals("/api/connect");
  }

  private void admit(
      Handshake handshake,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    boolean fast = lane.get() == Lane.FAST;
    OpeningHandshake.Answer opening = ServletLane.check(request);
    if (fast && opening instanceof OpeningHandshake.Refused malformed) {
      malformed.headers().forEach(response::setHeader);
      Problem.malformed(malformed.status(), malformed.reason()).send(response);
      return;
    }
    Admission admission = tunnels.admit(handshake);
    if (admission instanceof Refused refused) {
      refuse(refused, request, response);
      return;
    }
    Admitted admitted = (Admitted) admission;
    boolean upgraded = false;
    try {
      if (fast && opening instanceof OpeningHandshake.Accepted accepted) {
        fastLane.take(accepted, admitted, request, response);
      } else {
        handOn(admitted, request, response, chain);
      }
      upgraded = response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    } finally {
      if (!upgraded) {
        admitted.reservation().abandon();
      }
    }
  }

  /** Lets the server's own engine complete the handshake, or refuse it for reasons of its own. */
  private void handOn(
      Admitted admitted,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      new AdmittedHandshake(admitted, tunnels, blocked, null)
          .around(() -> proceed(chain, new JoinedSubprotocols(request), response));
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private void refuse(Refused refused, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Problem problem = Problem.of(refused);
    if (refused.startedAt() == 0) {
      problem.send(response);
      return;
    }
    AsyncReply.send(
        request,
        response,
        pace.floor().plus(MARGIN),
        pace.due(problem, refused.startedAt()),
        Problem::toReply);
  }

  private static void proceed(
      FilterChain chain, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    chain.doFilter(request, response);
  }
}
