package dev.sluice.tunnel;

import java.time.Duration;
import java.util.Set;

/**
 * What holds for the whole node, from its start to its end; a change needs a restart.
 *
 * @param budget the memory that all tunnels' buffers may take together
 * @param loops selector loops; zero: one for each processor
 * @param blockedThreads how many of the container's threads may wait for slow targets at one time,
 *     where blocking is the only way to stop a client; a tunnel over it ends as overloaded
 * @param drainTime how long open tunnels may go on once the node is going down
 * @param lane which code speaks WebSocket with the clients
 * @param selfPorts ports of the gateway itself, besides the one it listens on
 */
public record NodeSettings(
    MemoryShare budget,
    int loops,
    int blockedThreads,
    Duration drainTime,
    LaneChoice lane,
    Set<Integer> selfPorts) {

  public NodeSettings {
    selfPorts = Set.copyOf(selfPorts);
  }

  /** What holds where nothing is configured. */
  public static NodeSettings defaults() {
    return new NodeSettings(
        MemoryShare.ofPercent(50), 0, 64, Duration.ofSeconds(10), LaneChoice.AUTO, Set.of());
  }
}
