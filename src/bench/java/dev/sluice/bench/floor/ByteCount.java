package dev.sluice.bench.floor;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A count of bytes in a file that two processes map: the server adds, the tool looks, and neither
 * has to ask the other. Any thread.
 */
public final class ByteCount {

  private static final VarHandle COUNT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer page;

  private ByteCount(ByteBuffer page) {
    this.page = page;
  }

  /** The count in {@code file}, from zero where there is none yet. */
  public static ByteCount in(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new ByteCount(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  /** So many more. */
  void add(long bytes) {
    long unused = (long) COUNT.getAndAdd(page, 0, bytes);
  }

  /** All until now. */
  public long sum() {
    return (long) COUNT.getVolatile(page, 0);
  }
}
