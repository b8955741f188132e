package dev.sluice.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A container may complete a send inside the call or later. What does a message cost each way, with
 * all that goes round in the loop that keeps the stack flat?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CompletionsBenchmark.MESSAGES)
public class CompletionsBenchmark {

  static final int MESSAGES = 64;

  private static final int BYTES = ChunkPool.SMALL;

  private final ByteBuffer passage = ByteBuffer.allocateDirect(ChunkPool.LARGE);
  private final EndlessTarget target = new EndlessTarget(BYTES);
  private final QuickPort inside = new QuickPort();
  private final HoldingPort later = new HoldingPort();
  private Downstream completedInside;
  private Downstream completedLater;

  @Setup
  public void bind() {
    completedInside = gate(inside);
    completedLater = gate(later);
  }

  private static Downstream gate(WebSocketPort port) {
    ChunkPool pool = new ChunkPool(new MemoryBudget(1L << 30));
    Downstream gate = new Downstream(pool, RelaySettings.defaults());
    gate.bind(port, new NoOwner());
    return gate;
  }

  @Benchmark
  public long insideTheSend() throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      completedInside.fill(target, passage);
    }
    return completedInside.total();
  }

  @Benchmark
  public long afterTheSend() throws IOException {
    for (int i = 0; i < MESSAGES; i++) {
      completedLater.fill(target, passage);
      later.complete();
    }
    return completedLater.total();
  }
}
