package dev.sluice.relay;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does the write chain cost for each frame, beside the write: when the target takes it at
 * once, and when frames wait and leave together?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WriteChainBenchmark.FRAMES)
public class WriteChainBenchmark {

  static final int FRAMES = 32;

  /** Bytes of a frame. */
  @Param({"64", "1024", "16384"})
  int bytes;

  private final EndlessSink target = new EndlessSink();
  private Upstream chain;
  private ByteBuffer frame;

  @Setup
  public void bind() {
    chain = new Upstream(new ChunkPool(new MemoryBudget(1L << 30)), RelaySettings.defaults());
    chain.bind(new QuickPort(), new NoOwner());
    chain.connected(target);
    frame = ByteBuffer.allocateDirect(bytes);
  }

  @Benchmark
  public long takenAtOnce() {
    target.taking = true;
    for (int i = 0; i < FRAMES; i++) {
      chain.write(frame.clear());
    }
    return chain.total();
  }

  @Benchmark
  public long waitingAndJoined() {
    target.taking = false;
    for (int i = 0; i < FRAMES; i++) {
      chain.write(frame.clear());
    }
    target.taking = true;
    chain.flush();
    return chain.total();
  }
}
