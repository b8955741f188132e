package dev.sluice.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The node's counters and gauges, in a registry of their own: nothing static, so an application
 * that is deployed anew starts at zero and leaves nothing behind.
 *
 * <p>Outcomes are words, as {@code Outcome.code()} has them; each that is known beforehand is shown
 * as zero before it first happens. Any thread.
 */
public final class Metrics {

  /** The media type of {@link #write}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] SECONDS = {
    0.000_1, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter handshakes;
  private final Counter ends;
  private final Counter probes;
  private final Counter refusals;
  private final Histogram dials;
  private final Histogram decisions;

  /**
   * @param version shown by {@code sluice_build_info}
   * @param known which outcomes are shown before they happen
   */
  public Metrics(String version, KnownOutcomes known) {
    handshakes =
        counter("sluice_handshakes", "Tunnels asked for, by what became of the request", "outcome");
    ends = counter("sluice_ends", "Tunnels ended, by why", "outcome");
    probes =
        counter("sluice_probes", "Probes asked for, by what became of them", "kind", "outcome");
    refusals = counter("sluice_limited", "Requests refused by a limit, by which", "limit");
    dials =
        histogram(
            "sluice_dial_seconds",
            "Successful TCP connects of tunnels: the connect alone, without name lookup");
    decisions =
        histogram(
            "sluice_handshake_seconds",
            "Decisions about tunnels: identity, name lookup and policy, without the pace of denials");
    Info.builder()
        .name("sluice_build")
        .help("What is running")
        .labelNames("version")
        .register(registry)
        .setLabelValues(version);
    known.handshakes().forEach(handshakes::initLabelValues);
    known.ends().forEach(ends::initLabelValues);
    known.limits().forEach(refusals::initLabelValues);
    for (String kind : known.probeKinds()) {
      known.probes().forEach(outcome -> probes.initLabelValues(kind, outcome));
    }
  }

  /**
   * Which label values exist from the start.
   *
   * @param handshakes outcomes of {@link #handshake}
   * @param ends outcomes of {@link #ended}
   * @param probeKinds kinds of {@link #probed}
   * @param probes outcomes of {@link #probed}, for each kind
   * @param limits words of {@link #limited}
   */
  public record KnownOutcomes(
      Collection<String> handshakes,
      Collection<String> ends,
      Collection<String> probeKinds,
      Collection<String> probes,
      Collection<String> limits) {}

  /**
   * Shows the node's own figures from now on. Once for each instance.
   *
   * @throws IllegalStateException when figures are shown already
   */
  public void show(LiveFigures live) {
    GaugeWithCallback.builder()
        .name("sluice_lane")
        .help("Which code speaks WebSocket with the clients")
        .labelNames("lane")
        .callback(callback -> callback.call(1, live.lane()))
        .register(registry);
    gauge("sluice_tunnels_open", "Tunnels that are open", live, LiveFigures::tunnelsOpen);
    gauge("sluice_buffered_bytes", "Bytes that wait in the node", live, LiveFigures::bufferedBytes);
    gauge(
        "sluice_memory_budget_bytes",
        "Bytes that may wait in the node before tunnels are refused",
        live,
        LiveFigures::memoryBudgetBytes);
    gauge(
        "sluice_memory_used_bytes",
        "Bytes of buffers in use, of the memory budget",
        live,
        LiveFigures::memoryUsedBytes);
    GaugeWithCallback.builder()
        .name("sluice_loop_lag_seconds")
        .help("How long a task waited for the slowest I/O loop when metrics were last asked for")
        .callback(callback -> callback.call(live.loopLagNanos() / NANOS_PER_SECOND))
        .register(registry);
    limits(live);
    gauge(
        "sluice_blocked_threads",
        "Container threads held to stop a client",
        live,
        LiveFigures::blockedThreads);
    byDirection(
        "sluice_bytes",
        "Bytes carried; up is from client to target",
        1,
        live::bytesUp,
        live::bytesDown);
    byDirection(
        "sluice_paused_seconds",
        "Time during which sources were stopped, over all tunnels; up is the client",
        NANOS_PER_SECOND,
        live::pausedNanosUp,
        live::pausedNanosDown);
  }

  private void limits(LiveFigures live) {
    GaugeWithCallback.builder()
        .name("sluice_limit_in_use")
        .help("Open now, by the limit that counts it; of users and the like, the most of any one")
        .labelNames("limit")
        .callback(callback -> live.limits().forEach(use -> callback.call(use.inUse(), use.limit())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("sluice_limit_allowed")
        .help("What may be open, by limit; one that is not there has none")
        .labelNames("limit")
        .callback(
            callback ->
                live.limits().stream()
                    .filter(use -> use.most() < Integer.MAX_VALUE)
                    .forEach(use -> callback.call(use.most(), use.limit())))
        .register(registry);
  }

  /** A limit refused a request. */
  public void limited(String limit) {
    refusals.labelValues(limit).inc();
  }

  /** A request for a tunnel was decided, which took {@code nanos}. */
  public void decided(long nanos) {
    decisions.observe(nanos / NANOS_PER_SECOND);
  }

  /**
   * Shows how the audit record fares from now on. Once for each instance.
   *
   * @throws IllegalStateException when it is shown already
   */
  public void show(AuditFigures audit) {
    GaugeWithCallback.builder()
        .name("sluice_audit_failed")
        .help("1 while events cannot be recorded")
        .callback(callback -> callback.call(audit.isFailing() ? 1 : 0))
        .register(registry);
    CounterWithCallback.builder()
        .name("sluice_audit_events")
        .help("Events for the audit record, by what became of them")
        .labelNames("result")
        .callback(
            callback -> {
              callback.call((double) audit.written(), "written");
              callback.call((double) audit.lost(), "lost");
            })
        .register(registry);
  }

  /** A request for a tunnel was decided; an accepted one has an outcome word of its own. */
  public void handshake(String outcome) {
    handshakes.labelValues(outcome).inc();
  }

  /** A tunnel ended. */
  public void ended(String outcome) {
    ends.labelValues(outcome).inc();
  }

  /** A probe was answered. */
  public void probed(String kind, String outcome) {
    probes.labelValues(kind, outcome).inc();
  }

  /** The TCP connect of a tunnel succeeded and took {@code nanos}. */
  public void dialled(long nanos) {
    dials.observe(nanos / NANOS_PER_SECOND);
  }

  /**
   * Writes everything in the Prometheus text format, as {@link #CONTENT_TYPE} names it. Does not
   * close {@code out}.
   */
  public void write(OutputStream out) throws IOException {
    writer.write(out, registry.scrape());
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(SECONDS)
        .withoutExemplars()
        .register(registry);
  }

  private void gauge(
      String name, String help, LiveFigures live, ToLongFunction<LiveFigures> figure) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call((double) figure.applyAsLong(live)))
        .register(registry);
  }

  private void byDirection(
      String name, String help, double divisor, LongSupplier up, LongSupplier down) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("direction")
        .callback(
            callback -> {
              callback.call(up.getAsLong() / divisor, "up");
              callback.call(down.getAsLong() / divisor, "down");
            })
        .register(registry);
  }
}
