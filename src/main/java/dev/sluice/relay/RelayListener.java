package dev.sluice.relay;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What the owner of a relay learns, on the loop's thread unless it says so, never under a lock. */
public interface RelayListener {
  /**
   * The target has answered.
   *
   * @param connectNanos around the TCP connect alone
   */
  void connected(InetSocketAddress target, long connectNanos);

  /** The target has not been read for so long, as the client was slow. Any thread. */
  void gateWasShut(long nanos);

  /** The client has not been read for so long, as the target was slow. */
  void clientWasStopped(long nanos);

  /**
   * The relay has ended and holds nothing any more. Exactly once; but where there was no memory to
   * hear it, which an OutOfMemoryError says, once more.
   *
   * @param detail for the log and the audit record, or null
   */
  void ended(EndCause cause, @Nullable String detail);
}
