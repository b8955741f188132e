package dev.sluice.frames;

/**
 * How far a connection's end has come (RFC 6455 §7.1). No I/O: the owner sends what {@link
 * #codeToEcho} says and tells what happened. One thread at a time.
 */
public final class CloseHandshake {

  /** Open, closing by the one who began, closed. */
  public enum State {
    OPEN,
    /** Our close frame has left first; the client's is awaited, data may come before it. */
    CLOSING_BY_US,
    /** The client's close frame came first; ours is to be sent. */
    CLOSING_BY_CLIENT,
    /** Both have passed, or the connection is gone: the server drops TCP now (§7.1.1). */
    CLOSED
  }

  private State state = State.OPEN;
  private int code = CloseCode.ABNORMAL;
  private boolean clean;

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Our close frame has been flushed: queued does not count, the client has not got it then. */
  public void sent() {
    switch (state) {
      case OPEN -> state = State.CLOSING_BY_US;
      case CLOSING_BY_CLIENT -> closed();
      default -> throw illegal("sent");
    }
  }

  /**
   * The client's close frame came.
   *
   * @param received its code, or {@link CloseCode#NONE}
   */
  public void received(int received) {
    switch (state) {
      case OPEN -> state = State.CLOSING_BY_CLIENT;
      case CLOSING_BY_US -> closed();
      default -> throw illegal("received");
    }
    code = received;
  }

  private void closed() {
    state = State.CLOSED;
    clean = true;
  }

  /** TCP ended, or the connection is failed (§7.1.7). Always allowed, also more than once. */
  public void lost() {
    state = State.CLOSED;
  }

  /** What the answer to the client's close frame carries: the same code (§5.5.1). */
  public int codeToEcho() {
    if (state != State.CLOSING_BY_CLIENT) {
      throw illegal("to be answered");
    }
    return code;
  }

  /** How the client ended it (§7.1.5): {@link CloseCode#ABNORMAL} until its close frame comes. */
  public int code() {
    return code;
  }

  /** Whether both close frames have passed (§7.1.4). */
  public boolean isClean() {
    return clean;
  }

  private IllegalStateException illegal(String what) {
    return new IllegalStateException("close frame " + what + " when " + state);
  }
}
