package dev.sluice.websocket;

import dev.sluice.relay.EndCause;
import dev.sluice.relay.WebSocketPort;
import dev.sluice.tunnel.Outcome;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A Jakarta WebSocket session as the relay sees it: asynchronous sends with a handler, and a lever
 * to stop the client. No send timeout is ever set: on some containers it reports success for bytes
 * that were never sent; the relay's own watch is for that.
 */
final class SessionPort implements WebSocketPort {

  private static final System.Logger LOG = System.getLogger(SessionPort.class.getName());

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final ReceiveLever lever;

  SessionPort(Session session, ReceiveLever lever) {
    this.session = session;
    this.remote = session.getAsyncRemote();
    this.lever = lever;
  }

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    remote.sendBinary(message, result -> completion.completed(result.isOK()));
  }

  @Override
  public void pauseReceiving() {
    lever.pause();
  }

  @Override
  public void resumeReceiving() {
    lever.resume();
  }

  @Override
  public boolean ping(long id) {
    if (!session.isOpen()) {
      return false;
    }
    try {
      remote.sendPing(ByteBuffer.allocate(Long.BYTES).putLong(0, id));
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close(EndCause cause) {
    lever.closed();
    Outcome outcome = Outcome.of(cause);
    try {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.getCloseCode(outcome.closeCode()), outcome.code()));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the session was closed already", e);
    }
  }

  @Override
  public void release() {
    lever.disconnect();
  }
}
