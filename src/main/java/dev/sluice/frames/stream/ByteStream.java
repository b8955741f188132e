package dev.sluice.frames.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection after the opening handshake, as the server that took it in lets us use it: bytes
 * both ways, never blocking.
 *
 * <p>One thread at a time reads and one at a time writes; these may be two. {@link #close} and
 * {@link #abort} may come from any thread. A method that throws has found the connection gone.
 */
public interface ByteStream {

  /** What a stream tells. Any thread, not under a lock of the relay's. */
  interface Listener {
    /** There may be something to read, or an end to find. */
    void readable();

    /**
     * At the start, and after {@link ByteStream#write} returned false: write now. Once for each.
     */
    void writable();

    /** The connection is gone. */
    void lost(Throwable why);
  }

  /**
   * Tells {@code listener} from now on, first of all, once the answer to the handshake has left,
   * that it may write. Nothing may be written before.
   */
  void start(Listener listener);

  /** Room to read into, writable, for the moment; {@link #giveBack} must follow. */
  ByteBuffer takeRoom();

  /** The room is not used any more. */
  void giveBack(ByteBuffer room);

  /**
   * Reads what is there into {@code room}, whose position moves.
   *
   * @return bytes read; zero when nothing is there, and {@link Listener#readable} will tell; -1 at
   *     the end
   */
  int read(ByteBuffer room) throws IOException;

  /** How many reads in a row may be made before other connections must have their turn. */
  int readsInARow();

  /** Nothing is to be read for now: nothing more is told of it. */
  void suspendReads();

  /** Tells when there is something to read, also when it was there all along. Any thread. */
  void resumeReads();

  /**
   * Writes as much of {@code head} and then of {@code body} as the connection takes, or takes it
   * all in to write it by itself; positions move.
   *
   * @return true when all that was ever given has left; false when {@link Listener#writable} will
   *     ask for another call with what is left, which may be nothing
   */
  boolean write(ByteBuffer head, ByteBuffer body) throws IOException;

  /**
   * Whether {@link #shutdownOutput} tells the client; otherwise only the end of both halves does.
   */
  default boolean canEndHalf() {
    return true;
  }

  /** Ends our half, everything having left; what still comes can be read. */
  void shutdownOutput() throws IOException;

  /** Ends the connection, everything having left. Does not block. */
  void close();

  /** Cuts the connection, whatever waits in it. Does not block. Any number of times. */
  void abort();
}
