package dev.sluice.bench.peer;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.proc.ProcessTree;
import java.util.Optional;

/**
 * Something that carries connections to the target, and runs.
 *
 * @param address where the tool connects to
 * @param process what carries them; empty where nothing is between the tool and the target
 */
public record Peer(
    PeerKind kind, Address address, Optional<ProcessTree> process, AutoCloseable running)
    implements AutoCloseable {

  /** As the report calls it. */
  public String name() {
    return kind.word();
  }

  @Override
  public void close() throws Exception {
    running.close();
  }
}
