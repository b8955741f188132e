package dev.sluice.websocket;

import jakarta.websocket.Session;

/** How one container is made to stop receiving from one client. */
public interface ReceiveLever {

  /** Stops receiving; does not block. Any thread. */
  void pause();

  /** Receives again. Any thread. */
  void resume();

  /**
   * The endpoint has handed on a message and is about to return to the container, on the
   * container's thread: the one place where a lever may block.
   */
  default void messageDone() {}

  /** The WebSocket has been closed: whoever waits goes on. Any thread. */
  default void closed() {}

  /** Cuts the connection, whatever still waits in it. Any thread. */
  default void disconnect() {}

  /** Finds the lever of the container that made the session. */
  static ReceiveLever of(Session session, AdmittedHandshake handshake) {
    ReceiveLever undertow = dev.sluice.websocket.undertow.UndertowLever.find(session);
    return undertow != null
        ? undertow
        : new dev.sluice.websocket.tyrus.BlockingLever(handshake.blocked(), handshake.disconnect());
  }
}
