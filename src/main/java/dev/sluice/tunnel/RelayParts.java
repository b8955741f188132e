package dev.sluice.tunnel;

import dev.sluice.relay.ChunkPool;
import dev.sluice.relay.Downstream;
import dev.sluice.relay.RelaySettings;
import dev.sluice.relay.Upstream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.util.function.Supplier;

/** Makes each tunnel its own gate and write chain, and sees that they end with it. */
@ApplicationScoped
public class RelayParts {

  /** The settings that hold for this tunnel to its end, whatever changes meanwhile. */
  @Produces
  @TunnelScoped
  RelaySettings settings(Supplier<RelaySettings> current) {
    return current.get();
  }

  @Produces
  @TunnelScoped
  Downstream gate(ChunkPool pool, RelaySettings settings) {
    return new Downstream(pool, settings);
  }

  @Produces
  @TunnelScoped
  Upstream writeChain(ChunkPool pool, RelaySettings settings) {
    return new Upstream(pool, settings);
  }

  void dispose(@Disposes Downstream gate) {
    gate.drop();
  }

  void dispose(@Disposes Upstream writeChain) {
    writeChain.drop();
  }
}
