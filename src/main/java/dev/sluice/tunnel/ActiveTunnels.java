package dev.sluice.tunnel;

import dev.sluice.access.AccessControl;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.RelayStats;
import dev.sluice.target.TargetPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** The registry of what is open, and the totals of what was. Any thread. */
@ApplicationScoped
public class ActiveTunnels {

  @Inject private AccessControl access;

  private final Map<String, Tunnel> open = new ConcurrentHashMap<>();
  private final Object emptied = new Object();
  private final LongAdder endedUp = new LongAdder();
  private final LongAdder endedDown = new LongAdder();
  private final LongAdder endedPausedUp = new LongAdder();
  private final LongAdder endedPausedDown = new LongAdder();

  void add(Tunnel tunnel) {
    open.put(tunnel.id(), tunnel);
  }

  void remove(Tunnel tunnel) {
    if (open.remove(tunnel.id()) == null) {
      return;
    }
    RelayStats last = tunnel.stats();
    endedUp.add(last.bytesUp());
    endedDown.add(last.bytesDown());
    endedPausedUp.add(last.pausedNanosUp());
    endedPausedDown.add(last.pausedNanosDown());
    if (open.isEmpty()) {
      synchronized (emptied) {
        emptied.notifyAll();
      }
    }
  }

  /** A live view of the open tunnels. */
  public Collection<Tunnel> all() {
    return Collections.unmodifiableCollection(open.values());
  }

  /** How many are open. */
  public long count() {
    return open.size();
  }

  /** The open tunnel of this id. */
  public Optional<Tunnel> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  /**
   * New rules, or new accounts, hold: what they no longer allow ends, and so do the tunnels of
   * whoever is not known any more.
   */
  void revoke(@Observes TargetPolicy policy) {
    for (Tunnel tunnel : open.values()) {
      if (!tunnel.request().isAllowedBy(policy, access)) {
        tunnel.end(EndCause.REVOKED);
      }
    }
  }

  void endAll(EndCause cause) {
    open.values().forEach(tunnel -> tunnel.end(cause));
  }

  /**
   * Waits until no tunnel is open.
   *
   * @return false when the time was over first
   */
  boolean awaitEmpty(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    synchronized (emptied) {
      while (!open.isEmpty()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(emptied, left);
      }
    }
    return true;
  }

  /** Bytes from clients since the start. */
  public long bytesUp() {
    return endedUp.sum() + sum(RelayStats::bytesUp);
  }

  /** Bytes from targets since the start. */
  public long bytesDown() {
    return endedDown.sum() + sum(RelayStats::bytesDown);
  }

  /** Nanoseconds that clients were stopped, all tunnels together. */
  public long pausedNanosUp() {
    return endedPausedUp.sum() + sum(RelayStats::pausedNanosUp);
  }

  /** Nanoseconds that targets were stopped, all tunnels together. */
  public long pausedNanosDown() {
    return endedPausedDown.sum() + sum(RelayStats::pausedNanosDown);
  }

  /** Bytes that wait now, in both directions of all tunnels. */
  public long buffered() {
    return sum(RelayStats::buffered);
  }

  private long sum(ToLongFunction<RelayStats> figure) {
    return open.values().stream().mapToLong(t -> figure.applyAsLong(t.stats())).sum();
  }
}
