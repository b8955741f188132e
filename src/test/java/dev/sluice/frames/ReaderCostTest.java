package dev.sluice.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a frame costs: no garbage, asserted; time, printed for whoever wants to compare. */
class ReaderCostTest {

  private static final int FRAMES = 100_000;
  private static final int PER_READ = 100;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The same stream again and again, as reads of a connection. */
  private static final class Connection {
    private final byte[] stream;
    private final ByteBuffer buffer;
    private final FrameReader reader;
    private long bytes;
    private long controls;

    Connection(byte[] stream, boolean direct) {
      this.stream = stream;
      this.buffer =
          direct ? ByteBuffer.allocateDirect(stream.length) : ByteBuffer.allocate(stream.length);
      this.reader =
          new FrameReader(
              new Quiet() {
                @Override
                public void data(ByteBuffer part) {
                  bytes += part.remaining();
                }

                @Override
                public void ping(ByteBuffer payload) {
                  controls++;
                }
              },
              new FrameLimits(1, FRAMES * 100, FRAMES * 100),
              () -> 0);
    }

    void read(int times) throws ProtocolViolation {
      for (int i = 0; i < times; i++) {
        reader.read(buffer.clear().put(stream).flip());
      }
    }
  }

  private static byte[] frames(int first, int length) {
    ClientFrames frames = new ClientFrames();
    for (int i = 0; i < PER_READ; i++) {
      frames.frame(first, new byte[length]);
    }
    return frames.bytes();
  }

  @ParameterizedTest
  @CsvSource({"130, 1", "130, 1000", "129, 1000", "137, 10"}) // binary, text, pings
  void framesLeaveNoGarbage(int first, int length) throws ProtocolViolation {
    for (boolean direct : new boolean[] {false, true}) {
      Connection connection = new Connection(frames(first, length), direct);
      connection.read(FRAMES / PER_READ);

      long before = threads.getCurrentThreadAllocatedBytes();
      connection.read(FRAMES / PER_READ);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;

      assertThat(allocated).isLessThan(FRAMES); // under a byte per frame
      assertThat(connection.bytes + connection.controls).isGreaterThanOrEqualTo(2L * FRAMES);
    }
  }

  @Test
  void nothingIsAllocatedByADeclaredLength() throws ProtocolViolation {
    byte[] header = new ClientFrames().header(0x82, 1L << 40, 8).bytes();
    FrameReader[] readers = new FrameReader[1_000];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = new FrameReader(new Quiet(), FrameLimits.DEFAULTS, () -> 0);
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    for (FrameReader reader : readers) {
      reader.read(ByteBuffer.wrap(header.clone()));
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(readers.length * 1_000L);
  }

  @Test
  void timesArePrinted() throws ProtocolViolation {
    for (boolean direct : new boolean[] {false, true}) {
      String kind = direct ? "direct" : "heap";
      time(kind + ", binary of 1 B", frames(130, 1), direct, 2_000);
      time(kind + ", binary of 1 KiB", frames(130, 1024), direct, 2_000);
      time(kind + ", binary of 16 KiB", frames(130, 16_384), direct, 200);
      time(kind + ", text of 16 KiB", frames(129, 16_384), direct, 200);
      unmask(kind, direct);
    }
  }

  private static void time(String what, byte[] stream, boolean direct, int times)
      throws ProtocolViolation {
    Connection connection = new Connection(stream, direct);
    connection.read(times); // warm
    long bytes = connection.bytes;
    long start = System.nanoTime();
    connection.read(times);
    double nanos = System.nanoTime() - start;
    print(what, connection.bytes - bytes, nanos, times * PER_READ);
  }

  private static void unmask(String kind, boolean direct) {
    int size = 65_536;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    for (int from : new int[] {0, 6}) {
      double nanos = 0;
      for (int round = 0; round < 2; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
          Mask.apply(buffer, from, 0, size - 8, 0x1234_5678 + i);
        }
        nanos = System.nanoTime() - start;
      }
      print(kind + ", unmask alone, moved by " + from, 5_000L * size, nanos, 5_000);
    }
  }

  private static void print(String what, long bytes, double nanos, int frames) {
    System.out.printf(
        "%-36s %8.0f MB/s %8.1f ns/frame%n", what, bytes * 1e3 / nanos, nanos / frames);
  }
}
