package dev.sluice.config;

import dev.sluice.audit.AuditLog;
import dev.sluice.http.ProbeKind;
import dev.sluice.http.Probes;
import dev.sluice.limits.Limit;
import dev.sluice.limits.LimitSettings;
import dev.sluice.limits.Limits;
import dev.sluice.metrics.AuditFigures;
import dev.sluice.metrics.LimitUse;
import dev.sluice.metrics.LiveFigures;
import dev.sluice.metrics.Metrics;
import dev.sluice.relay.IoLoops;
import dev.sluice.relay.MemoryBudget;
import dev.sluice.tunnel.ActiveTunnels;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.Outcome;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.BlockedThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Shows the node's live figures in its metrics. */
@ApplicationScoped
public class MetricsWiring {

  /** The limits of what is open, as opposed to what comes by the minute. */
  private static final Set<Limit> OPEN = EnumSet.range(Limit.TUNNELS, Limit.PENDING_DIALS);

  @Inject private ActiveTunnels tunnels;
  @Inject private BlockedThreads blocked;
  @Inject private AuditLog audit;
  @Inject private MemoryBudget budget;
  @Inject private Supplier<Lane> lane;
  @Inject private IoLoops loops;
  @Inject private Limits limits;

  @Produces
  @Singleton
  Metrics metrics() {
    Metrics metrics =
        new Metrics(
            Version.current(),
            new Metrics.KnownOutcomes(
                Stream.concat(Stream.of(TunnelService.ADMITTED), codes(o -> o.httpStatus() > 0))
                    .toList(),
                codes(o -> o.closeCode() > 0).toList(),
                Arrays.stream(ProbeKind.values()).map(ProbeKind::word).toList(),
                Probes.OUTCOMES,
                Arrays.stream(Limit.values()).map(Limit::word).toList()));
    metrics.show(new Figures());
    metrics.show(new Recorded());
    return metrics;
  }

  private static Stream<String> codes(Predicate<Outcome> which) {
    return Arrays.stream(Outcome.values()).filter(which).map(Outcome::code);
  }

  private final class Recorded implements AuditFigures {
    @Override
    public boolean isFailing() {
      return audit.isFailing();
    }

    @Override
    public long written() {
      return audit.written();
    }

    @Override
    public long lost() {
      return audit.lost();
    }
  }

  private final class Figures implements LiveFigures {
    @Override
    public String lane() {
      return lane.get().word();
    }

    @Override
    public long tunnelsOpen() {
      return tunnels.count();
    }

    @Override
    public long bytesUp() {
      return tunnels.bytesUp();
    }

    @Override
    public long bytesDown() {
      return tunnels.bytesDown();
    }

    @Override
    public long pausedNanosUp() {
      return tunnels.pausedNanosUp();
    }

    @Override
    public long pausedNanosDown() {
      return tunnels.pausedNanosDown();
    }

    @Override
    public long bufferedBytes() {
      return tunnels.buffered();
    }

    @Override
    public long memoryBudgetBytes() {
      return budget.limit();
    }

    @Override
    public long memoryUsedBytes() {
      return budget.used();
    }

    @Override
    public long loopLagNanos() {
      return loops.lagNanos();
    }

    @Override
    public List<LimitUse> limits() {
      LimitSettings now = limits.settings().get();
      return OPEN.stream()
          .map(limit -> new LimitUse(limit.word(), limits.open().fullest(limit), limit.of(now)))
          .toList();
    }

    @Override
    public long blockedThreads() {
      return blocked.count();
    }
  }
}
