package dev.sluice.tunnel;

import dev.sluice.access.AccessControl;
import dev.sluice.access.AuthSettings;
import dev.sluice.access.Authenticators;
import dev.sluice.access.OriginPolicy;
import dev.sluice.access.Requests;
import dev.sluice.access.TicketSettings;
import dev.sluice.access.Tickets;
import dev.sluice.audit.AuditLog;
import dev.sluice.audit.AuditSettings;
import dev.sluice.limits.Limit;
import dev.sluice.limits.LimitSettings;
import dev.sluice.limits.Limits;
import dev.sluice.metrics.Metrics;
import dev.sluice.relay.ChunkPool;
import dev.sluice.relay.IoLoops;
import dev.sluice.relay.MemoryBudget;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.NetworkPattern;
import dev.sluice.target.ResolutionException;
import dev.sluice.target.Rule;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetPolicy;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.Admission.Admitted;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A node without a server: the tunnel service as CDI puts it together, on loops of its own, under a
 * policy that allows loopback. It has a defect where a test says so.
 */
@Singleton
class TestNode {

  /** Where the defect is. */
  enum Defect {
    NONE,
    /** There is no memory to decide with. */
    IN_DECISION,
    /** The relay cannot be made. */
    IN_ASSEMBLY,
    /** The tunnel is listed, and does not dial yet. */
    BEFORE_START,
    /** It dials. */
    AFTER_START
  }

  /** What one caller may carry a second: tunnels of one caller share a throttle. */
  private static final long BYTES_PER_SECOND = 1L << 40;

  volatile Defect defect = Defect.NONE;
  final MemoryBudget budget = new MemoryBudget(1 << 30);
  final AuditLog audit = AuditLog.start(AuditSettings.defaults(), Thread::new);
  final IoLoops loops = startLoops();
  private final SelfAddresses self = SelfAddresses.ofThisMachine();
  private final TargetPolicy policy = loopbackOnly();
  private final Limits limits =
      Limits.of(() -> new LimitSettings(1_000, 0, 0, 0, 1_000, 0, 0, 0, BYTES_PER_SECOND));
  private final Metrics metrics =
      new Metrics(
          "test", new Metrics.KnownOutcomes(List.of(), List.of(), List.of(), List.of(), List.of()));

  /** The list of open tunnels, which fails behind a new entry if that is where the defect is. */
  private static final class Listed extends ActiveTunnels {
    private final TestNode node;

    Listed(TestNode node) {
      this.node = node;
    }

    @Override
    void add(Tunnel tunnel) {
      super.add(tunnel);
      node.failIn(Defect.BEFORE_START);
    }
  }

  /** Starts CDI with the beans of a node. */
  static SeContainer start() {
    return SeContainerInitializer.newInstance()
        .disableDiscovery()
        .addExtensions(new TunnelScopeExtension())
        .addBeanClasses(
            TestNode.class,
            TunnelService.class,
            CallerLimits.class,
            TunnelRoom.class,
            UserThrottles.class,
            RelayParts.class)
        .initialize();
  }

  private static IoLoops startLoops() {
    try {
      return IoLoops.start(2, Thread::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TargetPolicy loopbackOnly() {
    NetworkPattern loopback = NetworkPattern.parse("127.0.0.0/8");
    Rule rule = new Rule(true, List.of(), List.of(), List.of(loopback), List.of());
    return new TargetPolicy(
        new TargetSettings(List.of(rule), Map.of(), List.of(), Duration.ofSeconds(3), List.of()),
        name -> {
          throw new ResolutionException("no such name");
        },
        self);
  }

  private void failIn(Defect place) {
    if (defect == place) {
      throw new IllegalStateException("a defect of the test's");
    }
  }

  /** A handshake of a stranger's that has been let in. */
  static Admitted admit(TunnelService service, int port) {
    return admit(service, port, Requests.plain());
  }

  /** A handshake of a stranger's that has been let in, and came with {@code request}. */
  static Admitted admit(TunnelService service, int port, Requests request) {
    String query = "host=127.0.0.1&port=" + port;
    return (Admitted) service.admit(new Handshake("/tunnel", query, 1, request.caller(), null));
  }

  /** How many permits of a kind are held. */
  int held(Limit limit) {
    return limits.open().fullest(limit);
  }

  void stop() {
    loops.stop(10);
    audit.close();
  }

  @Produces
  @Singleton
  ActiveTunnels listed() {
    return new Listed(this);
  }

  @Produces
  Supplier<RelaySettings> relay() {
    return () -> {
      failIn(Defect.IN_ASSEMBLY);
      return RelaySettings.defaults();
    };
  }

  @Produces
  Supplier<TargetPolicy> targets() {
    return () -> {
      failIn(Defect.AFTER_START);
      if (defect == Defect.IN_DECISION) {
        throw new OutOfMemoryError("a defect of the test's");
      }
      return policy;
    };
  }

  @Produces
  AccessControl access() {
    Authenticators anybody =
        new Authenticators(AuthSettings.defaults(), TicketSettings.defaults(), new Tickets());
    return new AccessControl(() -> OriginPolicy.of(List.of("self")), () -> anybody);
  }

  @Produces
  SelfAddresses self() {
    return self;
  }

  @Produces
  MemoryBudget budget() {
    return budget;
  }

  @Produces
  ChunkPool pool() {
    return new ChunkPool(budget);
  }

  @Produces
  IoLoops loops() {
    return loops;
  }

  @Produces
  Metrics metrics() {
    return metrics;
  }

  @Produces
  AuditLog audit() {
    return audit;
  }

  @Produces
  Limits limits() {
    return limits;
  }
}
