package dev.sluice.websocket;

import dev.sluice.tunnel.NodeSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of the container's threads wait for slow targets, with a cap for the whole node: stuck
 * targets can then never take the last thread from other tunnels and from HTTP.
 */
@ApplicationScoped
public class BlockedThreads {

  @Inject private NodeSettings settings;

  private final AtomicInteger blocked = new AtomicInteger();

  /** Asks for leave to block; {@link #leave} must follow if it is given. */
  public boolean tryEnter() {
    if (blocked.incrementAndGet() <= settings.blockedThreads()) {
      return true;
    }
    blocked.decrementAndGet();
    return false;
  }

  /** The thread goes on. */
  public void leave() {
    blocked.decrementAndGet();
  }

  /** How many wait now. */
  public int count() {
    return blocked.get();
  }
}
