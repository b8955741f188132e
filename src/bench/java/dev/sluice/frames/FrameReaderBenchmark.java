package dev.sluice.frames;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to read and unmask a buffer of 64 KiB with frames of one size? The reader
 * changes the buffer, so it is copied before: {@link #copyAlone} is what to take off.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameReaderBenchmark {

  private static final int BUFFER = 65_536;

  /** Bytes of a frame's payload. */
  @Param({"64", "1024", "16384"})
  int payload;

  private final ByteBuffer wire = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer read = ByteBuffer.allocateDirect(BUFFER);
  private final FrameReader reader =
      new FrameReader(new NoHandler(), FrameLimits.DEFAULTS, System::nanoTime);

  @Setup
  public void fill() {
    byte[] masked = new byte[payload];
    ThreadLocalRandom.current().nextBytes(masked);
    wire.clear();
    while (wire.remaining() >= payload + 8) {
      wire.put((byte) 0x82);
      if (payload < 126) {
        wire.put((byte) (0x80 | payload));
      } else {
        wire.put((byte) (0x80 | 126)).putShort((short) payload);
      }
      wire.putInt(0x5A3C96E1).put(masked);
    }
    wire.flip();
  }

  @Benchmark
  public ByteBuffer copyAlone() {
    return read.clear().put(wire.duplicate()).flip();
  }

  @Benchmark
  public ByteBuffer copyAndRead() throws ProtocolViolation {
    reader.read(copyAlone());
    return read;
  }

  /** Hears everything and does nothing. */
  private static final class NoHandler implements FrameHandler {
    @Override
    public void data(ByteBuffer part) {}

    @Override
    public void ping(ByteBuffer payload) {}

    @Override
    public void pong(ByteBuffer payload) {}

    @Override
    public void close(int code, String reason) {}
  }
}
