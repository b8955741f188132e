package dev.sluice.frames;

import java.nio.ByteBuffer;

/**
 * What a {@link FrameReader} finds. Called on the thread that reads, in the order of the bytes.
 *
 * <p>Every buffer is lent for the call only and its bytes change afterwards: what is not used at
 * once has to be copied. Position and limit may be left anywhere.
 */
public interface FrameHandler {

  /**
   * Payload of data frames, unmasked, never empty: the buffer given to {@link FrameReader#read}
   * itself, between position and limit. A part may be less than a frame or the payloads of many;
   * where frames and messages end means nothing to a stream of bytes. Text is UTF-8 and has been
   * checked as far as it came; a code point may still be cut by the end of a part.
   */
  void data(ByteBuffer part);

  /** A ping, to be answered by a pong with the same payload (§5.5.2); at most 125 bytes. */
  void ping(ByteBuffer payload);

  /** A pong, asked for or not (§5.5.3); at most 125 bytes. */
  void pong(ByteBuffer payload);

  /**
   * The close frame; nothing comes after it.
   *
   * @param code what the client gave, or {@link CloseCode#NONE}
   * @param reason what the client gave, or empty
   */
  void close(int code, String reason);
}
