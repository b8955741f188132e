package dev.sluice.relay;

/**
 * One relay's pings, and what their pongs and their refusals mean. The loop's thread, but for
 * {@link #isFarewell}.
 */
final class Heartbeat {

  private final WebSocketPort port;
  private long pings;
  private boolean refused;
  private volatile long farewell;

  Heartbeat(WebSocketPort port) {
    this.port = port;
  }

  /**
   * Pings.
   *
   * @return whether the client may still be there. The container's first refusal does not say that
   *     it is not: the client's close may be on its way to us, behind its last bytes
   */
  boolean beat() {
    boolean sent = port.ping(++pings);
    boolean there = sent || !refused;
    refused = !sent;
    return there;
  }

  /**
   * Pings behind the last byte: the pong says that the client has got it.
   *
   * @return false if nobody will answer
   */
  boolean sayFarewell() {
    farewell = ++pings;
    return port.ping(farewell);
  }

  /** Whether this pong answers {@link #sayFarewell}. Any thread. */
  boolean isFarewell(long id) {
    long said = farewell;
    return said > 0 && id == said;
  }
}
