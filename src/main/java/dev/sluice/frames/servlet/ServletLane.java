package dev.sluice.frames.servlet;

import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.OpeningHandshake.Accepted;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Subprotocols;
import dev.sluice.tunnel.TunnelService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Answers an admitted handshake with 101 and takes the connection over. */
@ApplicationScoped
public class ServletLane {

  @Inject private TunnelService tunnels;

  private final ReadBuffers buffers = new ReadBuffers();

  /** Whether the request is a WebSocket's opening handshake, and what is wrong if it is not. */
  public static OpeningHandshake.Answer check(HttpServletRequest request) {
    return OpeningHandshake.check(
        request.getMethod(),
        request.getProtocol(),
        name -> Collections.list(request.getHeaders(name)));
  }

  /** Takes the connection over; the filter chain is not to go on. */
  public void take(
      Accepted accepted,
      Admitted admitted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", accepted.accept());
    String subprotocol =
        Subprotocols.agreed(Collections.list(request.getHeaders("Sec-WebSocket-Protocol")));
    if (subprotocol != null) {
      response.setHeader("Sec-WebSocket-Protocol", subprotocol);
    }
    ServletServer server = ServletServer.of(request.getServletContext());
    if (server.sendsHeadOnlyWhenTold()) {
      response.flushBuffer();
    }
    request
        .upgrade(UpgradedTunnel.class)
        .agreeOn(new UpgradedTunnel.Terms(admitted, tunnels, server, buffers));
  }
}
