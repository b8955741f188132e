package dev.sluice.tunnel;

import dev.sluice.limits.Permit;
import dev.sluice.relay.IoLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The room of one admitted handshake, from the decision to the end of its tunnel. Not every
 * handshake becomes a tunnel: the client leaves between the two, or the server's own engine refuses
 * what it has to say. Then nobody comes to {@link #open}, and what has been reserved comes back by
 * itself when the time for that is over. Any thread.
 */
public final class Reservation {

  /** What the slowest container and client need to get from the decision to an open WebSocket. */
  static final long UNOPENED_NANOS = TimeUnit.SECONDS.toNanos(30);

  private enum State {
    RESERVED,
    OPEN,
    CLOSED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);
  private final IoLoop loop;
  private final Permit tunnel;
  private final Permit dial;
  private IoLoop.@Nullable Timer deadline;

  private Reservation(IoLoop loop, Permit tunnel, Permit dial) {
    this.loop = loop;
    this.tunnel = tunnel;
    this.dial = dial;
  }

  /**
   * Begins to wait for the handshake to be completed.
   *
   * @param loop keeps the time, and is to be the tunnel's
   * @param tunnel held until the end
   * @param dial held until the target has answered, or the end
   */
  static Reservation start(IoLoop loop, Permit tunnel, Permit dial) {
    return start(loop, tunnel, dial, UNOPENED_NANOS);
  }

  static Reservation start(IoLoop loop, Permit tunnel, Permit dial, long unopenedNanos) {
    Reservation reservation = new Reservation(loop, tunnel, dial);
    loop.execute(() -> reservation.await(unopenedNanos));
    return reservation;
  }

  private void await(long nanos) {
    if (state.get() == State.RESERVED) {
      deadline = loop.schedule(nanos, this::abandon);
    }
  }

  /** The loop that keeps its time, and that its tunnel is to live on. */
  public IoLoop loop() {
    return loop;
  }

  /** There will be no tunnel, as far as the caller knows: nothing if there is one. */
  public void abandon() {
    if (state.compareAndSet(State.RESERVED, State.CLOSED)) {
      release(State.RESERVED);
    }
  }

  /**
   * The handshake is complete: from now on the tunnel's end gives the room back.
   *
   * @return false if it has been given back already: the tunnel must not go on
   */
  boolean open() {
    boolean inTime = state.compareAndSet(State.RESERVED, State.OPEN);
    forgetDeadline();
    return inTime;
  }

  /** The target has answered. */
  void dialled() {
    dial.close();
  }

  /** The tunnel has ended. Any number of times. */
  void close() {
    State before = state.getAndSet(State.CLOSED);
    if (before != State.CLOSED) {
      release(before);
    }
  }

  private void release(State before) {
    try {
      dial.close();
      tunnel.close();
    } catch (OutOfMemoryError e) {
      state.set(before); // whoever wanted it tries again
      throw e;
    }
    forgetDeadline();
  }

  /** Soon is soon enough: the tunnel wakes its loop, and so would the deadline. */
  private void forgetDeadline() {
    loop.executeInPassing(
        () -> {
          if (deadline != null) {
            deadline.cancel();
          }
        });
  }
}
