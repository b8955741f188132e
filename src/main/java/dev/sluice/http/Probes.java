package dev.sluice.http;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.audit.AuditLog;
import dev.sluice.limits.Permit;
import dev.sluice.metrics.Metrics;
import dev.sluice.probe.SshBanner;
import dev.sluice.probe.TcpPing;
import dev.sluice.relay.IoLoop;
import dev.sluice.relay.IoLoops;
import dev.sluice.target.Decision;
import dev.sluice.target.HostPort;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetPolicy;
import dev.sluice.tunnel.Attempt;
import dev.sluice.tunnel.CallerLimits;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.Outcome;
import dev.sluice.tunnel.TraceParent;
import dev.sluice.tunnel.TunnelRoom;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a probe request to a dial, for all probe addresses: grammar, policy, and then
 * exactly the addresses that policy checked. Counts what becomes of each request. Any thread.
 */
@Dependent
public class Probes {

  /** Every outcome that a probe is counted under, for {@link Metrics.KnownOutcomes}. */
  public static final List<String> OUTCOMES =
      Stream.concat(
              Stream.of("success", "not_ssh"),
              Stream.of(
                      Outcome.CONNECT_FAILED,
                      Outcome.CONNECT_TIMEOUT,
                      Outcome.BAD_REQUEST,
                      Outcome.UNAUTHENTICATED,
                      Outcome.RATE_LIMITED,
                      Outcome.OVERLOADED,
                      Outcome.ORIGIN_FORBIDDEN,
                      Outcome.TARGET_DENIED)
                  .map(Outcome::code))
          .toList();

  private final IoLoops loops;
  private final Supplier<TargetPolicy> targets;
  private final SelfAddresses self;
  private final Metrics metrics;
  private final CallerLimits limits;
  private final TunnelRoom room;
  private final AuditLog audit;

  /**
   * @param targets the policy of the moment
   * @param self what the policy of the moment takes for the gateway itself
   * @param limits how often callers may probe
   * @param room how many dials may be under way
   */
  @Inject
  public Probes(
      IoLoops loops,
      Supplier<TargetPolicy> targets,
      SelfAddresses self,
      Metrics metrics,
      AuditLog audit,
      CallerLimits limits,
      TunnelRoom room) {
    this.audit = audit;
    this.loops = loops;
    this.targets = targets;
    this.self = self;
    this.metrics = metrics;
    this.limits = limits;
    this.room = room;
  }

  /**
   * A target that may be probed.
   *
   * @param pinned the checked addresses, to be dialled without another lookup
   * @param decidingNanos how long lookup and policy took
   * @param dial to be closed when the probe is over
   */
  record Admitted(
      HostPort target, List<InetSocketAddress> pinned, long decidingNanos, Permit dial) {}

  /**
   * Counts a probe, first of all.
   *
   * @throws RefusalException as rate_limited
   */
  void meter(Caller caller, ClientIdentity identity) {
    RefusalException.throwIf(limits.probe(caller, identity));
  }

  /**
   * Decides. Blocks for at most one name lookup, which has a deadline of its own.
   *
   * @param localPort the gateway's port that the request came to
   * @param identity who asks
   * @param attempt is told what is learnt about it
   * @throws RefusalException as bad_request saying what is wrong, as rate_limited or overloaded, or
   *     as target_denied, which is the same whatever the reason and to be answered at {@link
   *     DenialPace}
   */
  Admitted admit(
      ProbeRequest request,
      int localPort,
      Caller caller,
      ClientIdentity identity,
      Attempt attempt) {
    self.learnPort(localPort);
    attempt.asks(request.host() + ":" + request.port());
    if (audit.refusesTunnels()) {
      throw new RefusalException(Problem.of(Outcome.OVERLOADED));
    }
    HostPort asked;
    try {
      asked = HostPort.of(request.host(), request.port());
    } catch (InvalidTargetException e) {
      throw RefusalException.badRequest(String.valueOf(e.getMessage()));
    }
    RefusalException.throwIf(limits.target(caller, identity, asked));
    long startedAt = System.nanoTime();
    Decision decision = targets.get().decide(asked, identity.roles()::contains);
    long nanos = System.nanoTime() - startedAt;
    attempt.isDecided(decision);
    if (decision instanceof Decision.Allowed allowed) {
      Permit dial =
          room.dial().orElseThrow(() -> new RefusalException(Problem.of(Outcome.OVERLOADED)));
      return new Admitted(asked, allowed.pinned(), nanos, dial);
    }
    throw RefusalException.denied(startedAt);
  }

  /**
   * Records that the probe goes ahead, and dials.
   *
   * @param attempt ends with the probe
   * @return completes on a loop's thread, so what depends on it must not block; cancelling it
   *     closes the socket
   */
  CompletableFuture<ProbeAnswer> start(
      ProbeKind kind, ProbeRequest request, Admitted admitted, Attempt attempt) {
    attempt.admit();
    CompletableFuture<ProbeAnswer> answer;
    try {
      answer = start(kind, request, admitted, loops.next());
    } catch (RuntimeException | Error e) {
      admitted.dial().close();
      attempt.end(Outcome.INTERNAL.code());
      throw e;
    }
    var unused =
        answer.whenComplete(
            (a, failure) -> {
              admitted.dial().close();
              attempt.end(outcome(a, failure));
            });
    return answer;
  }

  private static String outcome(@Nullable ProbeAnswer answer, @Nullable Throwable failure) {
    if (answer != null) {
      return answer.outcome();
    }
    boolean gone = failure instanceof CancellationException;
    return (gone ? Outcome.CLIENT_LOST : Outcome.INTERNAL).code();
  }

  private static CompletableFuture<ProbeAnswer> start(
      ProbeKind kind, ProbeRequest request, Admitted admitted, IoLoop loop) {
    return switch (kind) {
      case PING ->
          answering(
              TcpPing.start(loop, admitted.pinned(), request.count(), request.timeout()),
              result -> new PingAnswer(admitted.target(), admitted.decidingNanos(), result));
      case SSH ->
          answering(
              SshBanner.start(loop, admitted.pinned(), request.timeout()),
              result -> new BannerAnswer(admitted.target(), result));
    };
  }

  /** A request for a probe, in the audit record. */
  Attempt attempt(ProbeKind kind, Caller caller, @Nullable TraceParent trace) {
    return new Attempt(audit, kind.word(), caller, trace);
  }

  /** Records and counts a request that was refused. */
  void refused(ProbeKind kind, Attempt attempt, Problem refusal) {
    attempt.refuse(refusal.code(), refusal.status(), refusal.detail());
    metrics.probed(kind.word(), refusal.code());
  }

  /** Counts a request that was answered. */
  void count(ProbeKind kind, ProbeAnswer answer) {
    metrics.probed(kind.word(), answer.outcome());
  }

  /** As {@code thenApply}, and a cancelled answer cancels the probe too. */
  private static <R> CompletableFuture<ProbeAnswer> answering(
      CompletableFuture<R> probe, Function<R, ProbeAnswer> toAnswer) {
    CompletableFuture<ProbeAnswer> answer = probe.thenApply(toAnswer);
    var unused = answer.whenComplete((a, failure) -> probe.cancel(false));
    return answer;
  }
}
