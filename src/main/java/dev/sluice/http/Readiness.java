package dev.sluice.http;

import java.util.List;

/** Whether this node should be sent tunnels. */
@FunctionalInterface
public interface Readiness {

  /**
   * Why not, each in a few words that may be shown to anyone; empty when it is ready. Any thread,
   * without blocking.
   */
  List<String> reasonsAgainst();

  /** What is wrong although the node goes on, likewise. Any thread, without blocking. */
  default List<String> warnings() {
    return List.of();
  }
}
