package dev.sluice.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
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
 * What does the gate itself cost for each read of the target, beside the read and the send: when
 * bytes are passed through, and when they are queued, sent and completed?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {

  /** Bytes of a read. */
  @Param({"1024", "65536"})
  int bytes;

  private final ByteBuffer passage = ByteBuffer.allocateDirect(ChunkPool.LARGE);
  private final QuickPort port = new QuickPort();
  private Downstream gate;
  private ReadableByteChannel target;

  @Setup
  public void bind() {
    gate = new Downstream(new ChunkPool(new MemoryBudget(1L << 30)), RelaySettings.defaults());
    gate.bind(port, new NoOwner());
    target = new EndlessTarget(bytes);
  }

  @Benchmark
  public int passedThrough() throws IOException {
    port.direct = true;
    return gate.fill(target, passage);
  }

  @Benchmark
  public int queuedAndCompletedInsideTheSend() throws IOException {
    port.direct = false;
    return gate.fill(target, passage);
  }
}
