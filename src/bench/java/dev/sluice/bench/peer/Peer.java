package dev.sluice.bench.peer;

import dev.sluice.bench.floor.ByteCount;
import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.proc.ProcessTree;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Something that carries connections to the target, and runs.
 *
 * @param address where the tool connects to
 * @param echo where the tool connects to for its own bytes, with a target that sends them back
 * @param process what carries them; empty where nothing is between the tool and the target
 * @param count of the bytes that came to it, where it keeps them and leads to no target
 */
public record Peer(
    PeerKind kind,
    Address address,
    Address echo,
    Optional<ProcessTree> process,
    Optional<ByteCount> count,
    AutoCloseable running)
    implements AutoCloseable {

  /** One that leads to the target. */
  Peer(PeerKind kind, Address address, Optional<ProcessTree> process, AutoCloseable running) {
    this(kind, address, address, process, Optional.empty(), running);
  }

  /** As the report calls it. */
  public String name() {
    return kind.word();
  }

  /** Counts from now on the bytes that come to the end of the line, wherever that is. */
  public LongSupplier arriving(Target target) {
    LongSupplier all = count.<LongSupplier>map(c -> c::sum).orElse(target::received);
    long before = all.getAsLong();
    return () -> all.getAsLong() - before;
  }

  @Override
  public void close() throws Exception {
    running.close();
  }
}
