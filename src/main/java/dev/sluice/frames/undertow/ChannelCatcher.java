package dev.sluice.frames.undertow;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * An empty file that remembers where it has been sent. XNIO gives its socket's channel to no
 * caller, but to a file that it sends, so that the kernel can.
 */
final class ChannelCatcher extends FileChannel {

  private @Nullable WritableByteChannel target;

  /** The socket that the file was sent to; null when that was something else. */
  @Nullable SocketChannel caught() {
    return target instanceof SocketChannel channel ? channel : null;
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) {
    target = to;
    return 0;
  }

  @Override
  public long size() {
    return 0;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer to) {
    return -1;
  }

  @Override
  public int read(ByteBuffer to, long position) {
    return -1;
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) {
    return -1;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    return this;
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) {
    return null;
  }

  @Override
  protected void implCloseChannel() {}
}
