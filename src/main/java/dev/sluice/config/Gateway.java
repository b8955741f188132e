package dev.sluice.config;

import dev.sluice.access.AccessControl;
import dev.sluice.access.AccessSettings;
import dev.sluice.access.Authenticators;
import dev.sluice.access.Forwarding;
import dev.sluice.access.TicketSettings;
import dev.sluice.access.Tickets;
import dev.sluice.audit.AuditLog;
import dev.sluice.http.Readiness;
import dev.sluice.http.Watchers;
import dev.sluice.limits.Limits;
import dev.sluice.relay.ChunkPool;
import dev.sluice.relay.IoLoops;
import dev.sluice.relay.MemoryBudget;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.DnsResolver;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetPolicy;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.NodeSettings;
import dev.sluice.tunnel.TunnelService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The node, put together: started once with a valid configuration, stopped once. Every feature is
 * handed what it goes by; what may change while the node runs comes as a supplier.
 */
@ApplicationScoped
public class Gateway {

  private static final Logger LOG = System.getLogger(Gateway.class.getName());
  private static final int STOP_SECONDS = 5;

  /** An alarm of the health address. */
  private static final String UNRECORDED = "the audit record cannot be written";

  @Inject private TunnelService tunnels;
  @Inject private Event<TargetPolicy> policyChanges;

  private final CopyOnWriteArrayList<Readiness> otherReadiness = new CopyOnWriteArrayList<>();

  private volatile @Nullable Parts parts;
  private volatile @Nullable Lane lane;

  /** What lives from start to stop. */
  private record Parts(
      LiveConfiguration configuration,
      IoLoops loops,
      MemoryBudget budget,
      ChunkPool pool,
      SelfAddresses self,
      Tickets tickets,
      Limits limits,
      AuditLog audit,
      Watchers watchers) {}

  /** Changes with the rules. */
  private volatile @Nullable TargetPolicy policy;

  /** Change with who is let in. */
  private volatile @Nullable Authenticators authenticators;

  /**
   * Reads the configuration and starts the loops.
   *
   * @param threads makes the threads of the node; on an app server its {@code ManagedThreadFactory}
   * @param fastIsProven whether every suite has passed on the fast lane of this server
   * @throws ConfigurationException with all that is wrong; nothing has been started then
   */
  public Configuration start(ConfigLoader loader, ThreadFactory threads, boolean fastIsProven)
      throws ConfigurationException, IOException {
    LiveConfiguration configuration = LiveConfiguration.start(loader, threads);
    Configuration started = configuration.current();
    NodeSettings node = started.node();
    MemoryBudget budget = new MemoryBudget(node.budget().bytes(Runtime.getRuntime().maxMemory()));
    int count = node.loops() > 0 ? node.loops() : Runtime.getRuntime().availableProcessors();
    SelfAddresses self = SelfAddresses.ofThisMachine();
    node.selfPorts().forEach(self::learnPort);
    try {
      parts =
          new Parts(
              configuration,
              IoLoops.start(count, threads),
              budget,
              new ChunkPool(budget),
              self,
              new Tickets(),
              Limits.of(() -> configuration.current().limits()),
              AuditLog.start(started.audit(), threads),
              new Watchers(threads));
    } catch (IOException e) {
      configuration.close();
      throw e;
    }
    Lane taken = node.lane().on(fastIsProven);
    lane = taken;
    LOG.log(
        Level.INFO,
        "Tunnels take the {0} lane (tunnel.lane: {1})",
        taken.word(),
        node.lane().word());
    configuration.onChange(this::changed);
    AccessSettings access = configuration.current().access();
    authenticators = new Authenticators(access.auth(), access.tickets(), parts().tickets());
    policy = policyOf(configuration.current());
    if (started.refusesEverything()) {
      LOG.log(Level.WARNING, Configuration.HOW_TO_ALLOW);
    }
    return started;
  }

  private void changed(Configuration next) {
    AccessSettings access = next.access();
    authenticators = authenticators().with(access.auth(), access.tickets());
    TargetPolicy changed = policyOf(next);
    policy = changed;
    policyChanges.fire(changed);
  }

  private TargetPolicy policyOf(Configuration configuration) {
    TargetSettings settings = configuration.target();
    int blocked = configuration.node().blockedThreads();
    return new TargetPolicy(settings, DnsResolver.of(settings, blocked), parts().self());
  }

  /** Drains, then stops every thread that {@link #start} started. */
  public void stop(long graceNanos) {
    Parts stopping = parts;
    if (stopping == null) {
      return;
    }
    stopping.configuration().close();
    try {
      tunnels.drain(graceNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopping.watchers().close();
    stopping.loops().stop(STOP_SECONDS);
    stopping.audit().close();
    DnsResolver.shutdown();
  }

  /** Has {@code more} say whether the node is ready too: what stands around it may not be. */
  public void isReadyOnlyIf(Readiness more) {
    otherReadiness.add(more);
  }

  @Produces
  Readiness readiness() {
    return new Readiness() {
      @Override
      public List<String> reasonsAgainst() {
        return Gateway.this.reasonsAgainst();
      }

      @Override
      public List<String> warnings() {
        Parts running = parts;
        return running == null || !running.audit().isFailing() ? List.of() : List.of(UNRECORDED);
      }
    };
  }

  private List<String> reasonsAgainst() {
    Parts running = parts;
    List<String> reasons = new ArrayList<>();
    if (running == null || !running.loops().allRunning()) {
      reasons.add("the I/O loops are not running");
    }
    if (running != null && !running.configuration().problems().isEmpty()) {
      reasons.add("the configuration file is not valid; the rules before it hold");
    }
    if (running != null && running.budget().isSpent()) {
      reasons.add("the memory budget is spent");
    }
    if (running != null && running.audit().refusesTunnels()) {
      reasons.add(UNRECORDED);
    }
    if (tunnels.isDraining()) {
      reasons.add("the node is draining");
    }
    otherReadiness.forEach(other -> reasons.addAll(other.reasonsAgainst()));
    return reasons;
  }

  @Produces
  AccessControl access() {
    return new AccessControl(
        () -> parts().configuration().current().origins(), this::authenticators);
  }

  @Produces
  Supplier<Forwarding> forwarding() {
    return () -> parts().configuration().current().access().forwarding();
  }

  @Produces
  Supplier<TicketSettings> ticketSettings() {
    return () -> parts().configuration().current().access().tickets();
  }

  @Produces
  Tickets tickets() {
    return parts().tickets();
  }

  private Authenticators authenticators() {
    Authenticators current = authenticators;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  @Produces
  Supplier<RelaySettings> relaySettings() {
    return () -> parts().configuration().current().relay();
  }

  @Produces
  Supplier<TargetPolicy> targetPolicy() {
    return () -> {
      TargetPolicy current = policy;
      if (current == null) {
        throw new IllegalStateException("not started");
      }
      return current;
    };
  }

  @Produces
  Supplier<Lane> lane() {
    return this::currentLane;
  }

  /** The lane that tunnels take, from start to stop. */
  public Lane currentLane() {
    Lane current = lane;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  @Produces
  NodeSettings nodeSettings() {
    return parts().configuration().current().node();
  }

  @Produces
  SelfAddresses selfAddresses() {
    return parts().self();
  }

  @Produces
  IoLoops loops() {
    return parts().loops();
  }

  @Produces
  AuditLog audit() {
    return parts().audit();
  }

  @Produces
  Watchers watchers() {
    return parts().watchers();
  }

  @Produces
  MemoryBudget budget() {
    return parts().budget();
  }

  @Produces
  Limits limits() {
    return parts().limits();
  }

  @Produces
  ChunkPool pool() {
    return parts().pool();
  }

  private Parts parts() {
    Parts running = parts;
    if (running == null) {
      throw new IllegalStateException("not started");
    }
    return running;
  }
}
