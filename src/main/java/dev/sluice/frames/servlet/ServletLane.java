package dev.sluice.frames.servlet;

import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.OpeningHandshake.Accepted;
import dev.sluice.frames.grizzly.PayaraLane;
import dev.sluice.frames.undertow.UndertowLane;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Subprotocols;
import dev.sluice.tunnel.TunnelService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers an admitted handshake with 101 and takes the connection over. */
@ApplicationScoped
public class ServletLane {

  private static final Set<String> BODY = Set.of("Content-Length", "Transfer-Encoding");

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
    String subprotocol =
        Subprotocols.agreed(Collections.list(request.getHeaders("Sec-WebSocket-Protocol")));
    if (subprotocol != null) {
      response.setHeader("Sec-WebSocket-Protocol", subprotocol);
    }
    ServletServer server = ServletServer.of(request.getServletContext());
    if (server == ServletServer.PAYARA
        && ownChannel(
            () -> PayaraLane.take(request, answer(accepted, response), admitted, tunnels))) {
      return;
    }
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", accepted.accept());
    if (server == ServletServer.WILDFLY && ownChannel(() -> UndertowLane.take(admitted, tunnels))) {
      return;
    }
    if (server.sendsHeadOnlyWhenTold()) {
      response.flushBuffer();
    }
    request
        .upgrade(UpgradedTunnel.class)
        .agreeOn(new UpgradedTunnel.Terms(admitted, tunnels, server, buffers));
  }

  private interface Taking {
    boolean take() throws IOException;
  }

  /** The servers that are proven show their insides to applications; another one may not. */
  private static boolean ownChannel(Taking taking) throws IOException {
    try {
      return taking.take();
    } catch (LinkageError hidden) {
      return false;
    }
  }

  /**
   * With every field that the application, or the server for it, has set up to now, but for what
   * says where an answer ends: this one has no body.
   */
  private static ByteBuffer answer(Accepted accepted, HttpServletResponse response) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String name : response.getHeaderNames()) {
      if (BODY.stream().anyMatch(name::equalsIgnoreCase)) {
        continue;
      }
      response.getHeaders(name).forEach(value -> fields.add(Map.entry(name, value)));
    }
    return OpeningHandshake.response(accepted, fields);
  }
}
