package dev.sluice.relay;

/** Why a relay ended. The first cause wins; what it means to a client is the tunnel's to say. */
public enum EndCause {
  /** The target ended its stream; everything it sent has been handed to the WebSocket. */
  TARGET_CLOSED(true),
  /** The client closed the WebSocket; everything it sent has been handed to the target. */
  CLIENT_CLOSED(true),
  /** The target reset the connection, or writing to it failed. */
  TARGET_RESET(false),
  /** The client vanished, broke the protocol or a send to it failed. */
  CLIENT_LOST(false),
  /** The target refused, or cannot be reached. */
  CONNECT_FAILED(false),
  /** The target did not answer the dial in time. */
  CONNECT_TIMEOUT(false),
  /** Nothing moved in either direction for the idle limit. */
  IDLE_TIMEOUT(false),
  /** The tunnel reached its maximum age. */
  SESSION_LIMIT(false),
  /** Bytes waited and not one of them moved for the stall limit. */
  STALLED(false),
  /** The client could not be stopped and the write chain reached its hard cap. */
  OVERLOADED(false),
  /** The tunnel has carried all the bytes that it may. */
  BYTE_LIMIT(false),
  /** The node is going down. */
  DRAINING(false),
  /** A changed rule no longer allows the target. */
  REVOKED(false),
  /** A defect of ours. */
  INTERNAL(false);

  private final boolean clean;

  EndCause(boolean clean) {
    this.clean = clean;
  }

  /**
   * Whether both queues were drained first; otherwise they are dropped and the target sees a reset.
   */
  public boolean isClean() {
    return clean;
  }
}
