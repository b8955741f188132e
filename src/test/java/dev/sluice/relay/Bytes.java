package dev.sluice.relay;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A stream whose every byte is known from its place. */
final class Bytes {

  /** For gates whose port cannot pass bytes through. */
  static final ByteBuffer PASSAGE = ByteBuffer.allocate(ChunkPool.LARGE);

  private Bytes() {}

  static byte at(long place) {
    return (byte) (place * 31 + (place >>> 8) * 17 + (place >>> 16));
  }

  static byte[] pattern(long from, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = at(from + i);
    }
    return bytes;
  }

  /** Yields the pattern, at most {@code step} bytes a read, {@code length} in all; then its end. */
  static final class Source implements ReadableByteChannel {
    private final int step;
    private final long length;
    long given;

    Source(int step, long length) {
      this.step = step;
      this.length = length;
    }

    @Override
    public int read(ByteBuffer room) {
      if (given == length) {
        return -1;
      }
      int n = (int) Math.min(Math.min(step, room.remaining()), length - given);
      room.put(pattern(given, n));
      given += n;
      return n;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
