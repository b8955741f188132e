package dev.sluice.websocket;

import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.Tunnel;
import dev.sluice.websocket.tyrus.IdleTimer;
import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The standard lane: translates the container's events and does nothing else. One instance per
 * connection; the container calls it on one thread at a time.
 *
 * <p>Messages come in parts, as the container reads them: where a message ends means nothing to a
 * stream of bytes.
 */
public abstract class TunnelEndpoint {

  private @Nullable Tunnel tunnel;
  private @Nullable ReceiveLever lever;

  /** {@code WS /tunnel?host=H&port=P}. */
  @ServerEndpoint(value = "/tunnel", configurator = TunnelConfigurator.class)
  public static class ToHostAndPort extends TunnelEndpoint {}

  /** {@code WS /tunnel/{name}}. */
  @ServerEndpoint(value = "/tunnel/{name}", configurator = TunnelConfigurator.class)
  public static class ToNamedTarget extends TunnelEndpoint {}

  /** {@code WS /api/connect?host=H&port=P}: the address that existing browser clients use. */
  @ServerEndpoint(value = "/api/connect", configurator = TunnelConfigurator.class)
  public static class Connect extends TunnelEndpoint {}

  /** The handshake is done. */
  @OnOpen
  public void onOpen(Session session, EndpointConfig config) {
    AdmittedHandshake handshake =
        (AdmittedHandshake) config.getUserProperties().get(TunnelConfigurator.HANDSHAKE);
    if (handshake == null) {
      throw new IllegalStateException("opened without an admitted handshake");
    }
    IdleTimer.stop(session);
    ReceiveLever found = ReceiveLever.of(session, handshake);
    lever = found;
    tunnel =
        handshake
            .service()
            .open(handshake.admitted(), Lane.STANDARD, new SessionPort(session, found));
  }

  /** Bytes from the client. */
  @OnMessage
  public void onBinary(ByteBuffer part, boolean last) {
    hand(part);
  }

  /** Text from the client: its UTF-8 bytes. */
  @OnMessage
  public void onText(String part, boolean last) {
    hand(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
  }

  private void hand(ByteBuffer bytes) {
    if (tunnel != null) {
      tunnel.received(bytes);
    }
    if (lever != null) {
      lever.messageDone();
    }
  }

  /** The answer to a ping. */
  @OnMessage
  public void onPong(PongMessage pong) {
    ByteBuffer id = pong.getApplicationData();
    if (tunnel != null) {
      tunnel.ponged(id.remaining() == Long.BYTES ? id.getLong(id.position()) : 0);
    }
  }

  /** A close frame, or, as 1006, no connection any more. */
  @OnClose
  public void onClose(CloseReason reason) {
    if (tunnel != null) {
      tunnel.clientClosed(reason.getCloseCode().getCode());
    }
  }

  /** The container failed, or the client broke the protocol. */
  @OnError
  public void onError(Throwable failure) {
    if (tunnel != null) {
      tunnel.clientLost(failure.toString());
    }
  }
}
