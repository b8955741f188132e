package dev.sluice.relay;

import java.nio.ByteBuffer;

/**
 * The WebSocket side of a relay: all that a container's adapter has to offer.
 *
 * <p>Every method may be called from any thread, returns without blocking, and is never called
 * under a lock of the relay's.
 */
public interface WebSocketPort {

  /**
   * Sends one binary message. The relay has at most one send outstanding.
   *
   * @param message the payload; belongs to the port until {@code completion} is called
   * @param completion told once, on any thread, possibly before this method returns
   */
  void send(ByteBuffer message, SendCompletion completion);

  /**
   * Whether a message would leave at once now, without being kept: ask before {@link #sendNow}. No
   * send may be outstanding.
   */
  default boolean canSendNow() {
    return false;
  }

  /**
   * Sends one binary message as far as the connection takes it, and keeps nothing of it. What is
   * left of a message that was taken in part has to be the whole next {@link #send}: the client
   * sees one message.
   *
   * @param message its position moves by what was taken, possibly nothing
   */
  default void sendNow(ByteBuffer message) {}

  /** Stops receiving from the client as soon as the container can. Called only while receiving. */
  void pauseReceiving();

  /** Receives again. Called only while paused. */
  void resumeReceiving();

  /**
   * Sends a ping whose pong, or failure, shows whether the client is still there.
   *
   * @param id to come back with the pong
   * @return false when the container already knows that it is not
   */
  boolean ping(long id);

  /**
   * Ends the WebSocket with the close code that stands for {@code cause}. Idempotent, and never
   * throws.
   */
  void close(EndCause cause);

  /** Some time after {@link #close}: lets go of what a client that never reads still holds. */
  void release();

  /**
   * {@link #release} as what a timer keeps until then. A port that its open connection keeps alive
   * may forget itself there, so that an ended tunnel costs no memory until the timer runs.
   */
  default Runnable releaser() {
    return this::release;
  }

  /** How a send went. */
  @FunctionalInterface
  interface SendCompletion {
    /**
     * @param sent true when the container is done with the whole message; false when it failed
     */
    void completed(boolean sent);
  }
}
