package dev.sluice.tunnel;

import dev.sluice.access.AccessControl;
import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.access.Identification;
import dev.sluice.audit.AuditLog;
import dev.sluice.metrics.Metrics;
import dev.sluice.relay.Downstream;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.IoLoop;
import dev.sluice.relay.MemoryBudget;
import dev.sluice.relay.Relay;
import dev.sluice.relay.RelayListener;
import dev.sluice.relay.RelaySettings;
import dev.sluice.relay.Throttle;
import dev.sluice.relay.Upstream;
import dev.sluice.relay.WebSocketPort;
import dev.sluice.target.Decision;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.Requested;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetPolicy;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Admission.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The life of a tunnel: admit, dial, relay, end. Any thread. */
@ApplicationScoped
public class TunnelService {

  /** What metrics call a handshake that led to a tunnel. */
  public static final String ADMITTED = "admitted";

  /** What the audit record calls an attempt to open a tunnel. */
  private static final String TUNNEL = "tunnel";

  private static final System.Logger LOG = System.getLogger(TunnelService.class.getName());

  /** What a close frame and a registry need, once the grace is over. */
  private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** How long the close frames may take to leave before the connections are cut. */
  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  @Inject private AccessControl access;
  @Inject private Supplier<TargetPolicy> targets;
  @Inject private SelfAddresses self;
  @Inject private MemoryBudget budget;
  @Inject private Metrics metrics;
  @Inject private AuditLog audit;
  @Inject private CallerLimits limits;
  @Inject private TunnelRoom room;
  @Inject private UserThrottles throttles;
  @Inject private ActiveTunnels active;
  @Inject private TunnelScopeExtension scope;
  @Inject private Instance<Downstream> gates;
  @Inject private Instance<Upstream> writeChains;
  @Inject private Instance<RelaySettings> settings;

  private volatile boolean draining;

  /**
   * Decides before the 101: page, identity, grammar, policy, room. Blocks for at most one password
   * or token and one name lookup, each of which has a deadline of its own.
   */
  public Admission admit(Handshake handshake) {
    long startedAt = System.nanoTime();
    Attempt attempt = new Attempt(audit, TUNNEL, handshake.caller(), handshake.trace());
    attempt.asks(TargetAddress.asWritten(handshake.path(), handshake.query()));
    Admission admission;
    try {
      admission = decide(handshake, attempt);
    } catch (RuntimeException | Error e) {
      attempt.refuse(Outcome.INTERNAL.code(), Outcome.INTERNAL.httpStatus(), "a defect");
      throw e;
    }
    metrics.decided(System.nanoTime() - startedAt);
    if (admission instanceof Admitted) {
      attempt.admit();
    } else if (admission instanceof Refused refused) {
      attempt.refuse(refused.outcome().code(), refused.outcome().httpStatus(), refused.message());
      metrics.handshake(refused.outcome().code());
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> "refused " + handshake.caller().client() + ": " + refused.outcome().code());
    }
    return admission;
  }

  private Admission decide(Handshake handshake, Attempt attempt) {
    self.learnPort(handshake.localPort());
    if (draining) {
      return new Refused(Outcome.DRAINING, "the gateway is going down: try another node");
    }
    if (audit.refusesTunnels()) {
      return new Refused(Outcome.OVERLOADED, "the gateway cannot record tunnels now");
    }
    Caller caller = handshake.caller();
    Optional<Refused> unheard = limits.hear(caller);
    if (unheard.isPresent()) {
      return unheard.get();
    }
    TargetPolicy policy = targets.get();
    Identification who = access.enterByHandshake(caller, policy.rolesAsked());
    limits.heard(caller, who);
    if (!(who instanceof Identification.Known known)) {
      return Refused.of(who);
    }
    attempt.isBy(known.identity(), known.grant());
    return limits
        .handshake(caller, known.identity())
        .<Admission>map(refused -> refused)
        .orElseGet(() -> decide(handshake, known, policy, attempt));
  }

  private Admission decide(
      Handshake handshake, Identification.Known who, TargetPolicy policy, Attempt attempt) {
    Requested requested;
    try {
      requested = TargetAddress.parse(handshake.path(), handshake.query());
    } catch (InvalidTargetException e) {
      return new Refused(Outcome.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
    if (who.grant() != null && !who.grant().target().equals(requested.text())) {
      return new Refused(Outcome.UNAUTHENTICATED, "the ticket is for another target");
    }
    ClientIdentity identity = who.identity();
    Optional<Refused> tooMany = limits.target(handshake.caller(), identity, requested);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    long startedAt = System.nanoTime();
    Decision decision = policy.decide(requested, identity.roles()::contains);
    attempt.isDecided(decision);
    if (!(decision instanceof Decision.Allowed allowed)) {
      return Refused.denied(startedAt);
    }
    if (budget.isSpent()) {
      return new Refused(Outcome.OVERLOADED, "the gateway has no room for another tunnel");
    }
    return room.admit(
        new TunnelRequest(allowed, handshake.caller().client(), identity, handshake.trace()),
        attempt);
  }

  /**
   * Opens an admitted tunnel over the WebSocket behind {@code port}: starts to dial, returns. A
   * defect ends the tunnel at once, as {@code internal}; where it kept the tunnel from coming to be
   * at all, the WebSocket is cut before the defect is thrown. Either way nothing stays behind.
   */
  public Tunnel open(Admitted admitted, Lane lane, WebSocketPort port) {
    Life life = new Life(admitted.reservation(), admitted.attempt());
    boolean inTime;
    Tunnel tunnel;
    try {
      inTime = admitted.reservation().open();
      tunnel = assemble(admitted.request(), lane, port, life);
    } catch (RuntimeException | Error e) {
      life.neverBegan();
      port.close(EndCause.INTERNAL);
      port.release();
      throw e;
    }
    try {
      start(tunnel, life);
      endIfItMayNotBe(tunnel, inTime);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, tunnel + " could not start", e);
      tunnel.end(EndCause.INTERNAL);
    }
    return tunnel;
  }

  private Tunnel assemble(TunnelRequest request, Lane lane, WebSocketPort port, Life life) {
    IoLoop loop = life.reservation.loop();
    life.share = throttles.join(CallerLimits.keyOf(request.client(), request.identity()));
    Relay relay =
        scope
            .context()
            .with(
                life.instances,
                () -> new Relay(loop, gates.get(), writeChains.get(), port, settings.get(), life));
    Tunnel tunnel = new Tunnel(life.attempt.id(), request, lane, relay);
    life.tunnel = tunnel;
    return tunnel;
  }

  private void start(Tunnel tunnel, Life life) {
    active.add(tunnel);
    metrics.handshake(ADMITTED);
    FlightRecord.opened(tunnel);
    LOG.log(
        System.Logger.Level.DEBUG, () -> tunnel + " to " + tunnel.request().target() + " opened");
    Throttle throttle = life.share.throttle();
    if (throttle != null) {
      tunnel.standUnder(throttle);
    }
    tunnel.start();
  }

  private void endIfItMayNotBe(Tunnel tunnel, boolean inTime) {
    if (draining) {
      tunnel.end(EndCause.DRAINING);
    } else if (budget.isSpent() || !inTime) {
      // what was reserved for it has gone to somebody else
      tunnel.end(EndCause.OVERLOADED);
    } else if (!tunnel.request().isAllowedBy(targets.get(), access)) {
      // the rules changed between the decision and the registration, which a revocation goes by
      tunnel.end(EndCause.REVOKED);
    }
  }

  /** Whether the node is going down: nothing new is admitted. */
  public boolean isDraining() {
    return draining;
  }

  /**
   * Admits nothing more, lets open tunnels go on for {@code graceNanos} and ends those that are
   * left. Returns when none is open, at the latest a few seconds after that.
   */
  public void drain(long graceNanos) throws InterruptedException {
    draining = true;
    if (!active.awaitEmpty(graceNanos)) {
      active.endAll(EndCause.DRAINING);
      active.awaitEmpty(FAREWELL_NANOS);
      TimeUnit.NANOSECONDS.sleep(FLUSH_NANOS);
    }
  }

  /** What the relay tells: the loop's thread. */
  private final class Life implements RelayListener {
    private final TunnelContext.Instances instances = new TunnelContext.Instances();
    private final Reservation reservation;
    private final Attempt attempt;

    /** Both are set once, before the relay has anything to tell. */
    private volatile UserThrottles.Share share = UserThrottles.Share.NONE;

    private volatile @Nullable Tunnel tunnel;

    private boolean counted;

    private Life(Reservation reservation, Attempt attempt) {
      this.reservation = reservation;
      this.attempt = attempt;
    }

    @Override
    public void connected(InetSocketAddress target, long connectNanos) {
      metrics.dialled(connectNanos);
      reservation.dialled();
      Tunnel t = tunnel;
      if (t != null) {
        t.connected(target);
      }
    }

    @Override
    public void gateWasShut(long nanos) {
      Tunnel t = tunnel;
      if (t != null) {
        FlightRecord.paused(t, "down", nanos);
      }
    }

    @Override
    public void clientWasStopped(long nanos) {
      Tunnel t = tunnel;
      if (t != null) {
        FlightRecord.paused(t, "up", nanos);
      }
    }

    /** Where there is no memory for it, it is told again: each step bears being taken twice. */
    @Override
    public void ended(EndCause cause, @Nullable String detail) {
      try {
        record(Outcome.of(cause), detail);
      } catch (OutOfMemoryError e) {
        throw e;
      } catch (RuntimeException | Error e) {
        release();
        throw e;
      }
      release();
    }

    private void record(Outcome outcome, @Nullable String detail) {
      if (!counted) {
        metrics.ended(outcome.code());
        counted = true;
      }
      Tunnel t = tunnel;
      if (t != null) {
        active.remove(t);
        attempt.end(outcome, t.stats(), t.target(), detail);
        FlightRecord.ended(t, outcome);
        LOG.log(
            outcome == Outcome.INTERNAL ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG,
            () -> t + " ended: " + outcome.code() + (detail == null ? "" : " (" + detail + ")"));
      }
    }

    /** There is no relay to end. */
    private void neverBegan() {
      attempt.end(Outcome.INTERNAL.code());
      metrics.handshake(Outcome.INTERNAL.code());
      release();
    }

    private void release() {
      reservation.close();
      share.permit().close();
      instances.destroy();
    }
  }
}
