package dev.sluice.tunnel;

import dev.sluice.relay.EndCause;
import java.util.Locale;

/**
 * How an attempt ended, or why it was refused: the one place that knows the HTTP status, the
 * WebSocket close code and the word for metrics and audit.
 */
public enum Outcome {
  /** Host or port against the grammar, or a malformed request. */
  BAD_REQUEST(400, 0),
  /** No identity, or a ticket that is invalid or spent. */
  UNAUTHENTICATED(401, 0),
  /** The page that asked is not one that may. */
  ORIGIN_FORBIDDEN(403, 0),
  /** Policy says no: also an unknown name and one that does not resolve. */
  TARGET_DENIED(403, 4403),
  /** Too much in too short a time, too many tunnels, or more bytes than one tunnel may carry. */
  RATE_LIMITED(429, 4429),
  /** The node has no room for another tunnel, or for more bytes of this one. */
  OVERLOADED(503, 1013),
  /** The node is going down. */
  DRAINING(503, 1012),
  /** The target refused, reset the dial or cannot be reached. */
  CONNECT_FAILED(502, 4502),
  /** The target did not answer the dial in time. */
  CONNECT_TIMEOUT(504, 4504),
  /** The target ended its stream. */
  TARGET_CLOSED(0, 1000),
  /** The client ended the WebSocket. */
  CLIENT_CLOSED(0, 1000),
  /** The target reset the connection. */
  TARGET_RESET(0, 1011),
  /** The client vanished without a close. */
  CLIENT_LOST(0, 1011),
  /** Nothing moved for the idle limit. */
  IDLE_TIMEOUT(0, 4408),
  /** The tunnel reached its maximum age. */
  SESSION_LIMIT(0, 4408),
  /** Bytes waited and none moved for the stall limit. */
  STALLED(0, 4408),
  /** A defect of ours. */
  INTERNAL(500, 1011);

  private final int httpStatus;
  private final int closeCode;

  Outcome(int httpStatus, int closeCode) {
    this.httpStatus = httpStatus;
    this.closeCode = closeCode;
  }

  /** The HTTP status of a refusal before the 101; zero where there is none. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The WebSocket close code of an end after the 101; zero where there is none. */
  public int closeCode() {
    return closeCode;
  }

  /** The word in problem bodies, close reasons, metrics and audit records. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a relay's end means outside. */
  public static Outcome of(EndCause cause) {
    return switch (cause) {
      case TARGET_CLOSED -> TARGET_CLOSED;
      case CLIENT_CLOSED -> CLIENT_CLOSED;
      case TARGET_RESET -> TARGET_RESET;
      case CLIENT_LOST -> CLIENT_LOST;
      case CONNECT_FAILED -> CONNECT_FAILED;
      case CONNECT_TIMEOUT -> CONNECT_TIMEOUT;
      case IDLE_TIMEOUT -> IDLE_TIMEOUT;
      case SESSION_LIMIT -> SESSION_LIMIT;
      case STALLED -> STALLED;
      case OVERLOADED -> OVERLOADED;
      case BYTE_LIMIT -> RATE_LIMITED;
      case DRAINING -> DRAINING;
      case REVOKED -> TARGET_DENIED;
      case INTERNAL -> INTERNAL;
    };
  }
}
