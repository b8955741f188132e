package dev.sluice.websocket;

import dev.sluice.tunnel.Subprotocols;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Objects;

/** What is negotiated in a handshake that the filter has let in. */
public class TunnelConfigurator extends ServerEndpointConfig.Configurator {

  static final String HANDSHAKE = AdmittedHandshake.class.getName();

  /** The filter has checked it, against the configuration and with an HTTP status of its own. */
  @Override
  public boolean checkOrigin(String origin) {
    return true;
  }

  /** Echoes {@code binary} when it is offered; never invents one. */
  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    return Objects.requireNonNullElse(Subprotocols.agreed(requested), "");
  }

  /** None: a few compressed kilobytes could become any amount of memory. */
  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of();
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    AdmittedHandshake handshake = AdmittedHandshake.current();
    if (handshake == null) {
      throw new IllegalStateException("a handshake got past the filter: is it mapped?");
    }
    // each connection has its own copy of these since WebSocket 2.1
    config.getUserProperties().put(HANDSHAKE, handshake);
  }
}
