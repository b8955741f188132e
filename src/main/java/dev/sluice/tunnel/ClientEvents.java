package dev.sluice.tunnel;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a tunnel learns from whoever speaks WebSocket with its client, on whichever lane. For one
 * tunnel on one thread at a time, in the order in which it happened.
 */
public interface ClientEvents {

  /**
   * How many bytes the tunnel would like at once: fewer when the target is slow, so that it never
   * holds much more than its mark. At least a few KiB; a wish, whoever cannot help it gives more.
   */
  int appetite();

  /** Bytes from the client, valid during the call. */
  void received(ByteBuffer bytes);

  /**
   * The answer to a ping, or an unasked-for one.
   *
   * @param id as the ping had it; zero if it is none of ours
   */
  void ponged(long id);

  /**
   * The client's close frame came, or, as 1006, the connection ended without one.
   *
   * @param code of RFC 6455 §7.4
   */
  void clientClosed(int code);

  /** The client vanished, or the container gave up on it. */
  void clientLost(@Nullable String detail);
}
