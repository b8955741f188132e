package dev.sluice.relay;

import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A target that takes everything or nothing, which nobody copies. */
final class EndlessSink implements GatheringByteChannel {

  boolean taking = true;

  @Override
  public int write(ByteBuffer source) {
    int n = taking ? source.remaining() : 0;
    source.position(source.position() + n);
    return n;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    long n = 0;
    for (int i = offset; i < offset + length; i++) {
      n += write(sources[i]);
    }
    return n;
  }

  @Override
  public long write(ByteBuffer[] sources) {
    return write(sources, 0, sources.length);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
