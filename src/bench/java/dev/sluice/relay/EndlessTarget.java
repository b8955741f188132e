package dev.sluice.relay;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A target that always has so many bytes, which nobody copies. */
record EndlessTarget(int bytes) implements ReadableByteChannel {

  @Override
  public int read(ByteBuffer room) {
    int n = Math.min(bytes, room.remaining());
    room.position(room.position() + n);
    return n;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
