package dev.sluice.tunnel;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.access.Tickets;
import dev.sluice.audit.AuditEvent;
import dev.sluice.audit.AuditLog;
import dev.sluice.relay.RelayStats;
import dev.sluice.target.Answer;
import dev.sluice.target.Decision;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to reach a target, as the audit record has it: one event {@code decision} and one
 * event {@code end}, whatever becomes of it; of a refused one they follow each other at once.
 *
 * <p>What is learnt about it is told on one thread, until the decision; the end may come on any,
 * and the first one counts.
 */
public final class Attempt {

  private final AuditLog audit;
  private final String kind;
  private final String socket;
  private final String client;
  private final @Nullable String origin;
  private final @Nullable String trace;
  private final String id = UUID.randomUUID().toString();
  private final long beganAt = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable String requested;
  private @Nullable ClientIdentity identity;
  private Tickets.@Nullable Grant grant;
  private @Nullable Decision decision;

  /**
   * An attempt that begins.
   *
   * @param kind what is to be opened: {@code tunnel}, or a probe's word
   * @param trace the trace that it belongs to, or null
   */
  public Attempt(AuditLog audit, String kind, Caller caller, @Nullable TraceParent trace) {
    this.audit = audit;
    this.kind = kind;
    // not the caller itself: a tunnel may live for days, the request that it came with must not
    this.socket = caller.peer();
    this.client = caller.client();
    this.origin = caller.origin();
    this.trace = trace == null ? null : trace.toString();
  }

  /** Unique; that of the tunnel too, if it becomes one. */
  public String id() {
    return id;
  }

  /** What is asked for, as the client wrote it. */
  public void asks(String target) {
    requested = target;
  }

  /** Who asks, and what the ticket stood for that was spent, if one was. */
  public void isBy(ClientIdentity who, Tickets.@Nullable Grant spent) {
    identity = who;
    grant = spent;
  }

  /** What policy says of it. */
  public void isDecided(Decision what) {
    decision = what;
  }

  /** It goes ahead: records the decision. */
  public void admit() {
    audit.record(decision(TunnelService.ADMITTED, 0, null));
  }

  /**
   * It does not: records decision and end.
   *
   * @param outcome its word
   * @param status of the answer
   * @param why what the client is told; policy's own reason is recorded besides
   */
  public void refuse(String outcome, int status, String why) {
    audit.record(decision(outcome, status, why));
    end(ending(outcome).put("status", status));
  }

  /** The tunnel has ended. */
  public void end(
      Outcome outcome,
      RelayStats stats,
      @Nullable InetSocketAddress address,
      @Nullable String detail) {
    end(
        ending(outcome.code())
            .put("closeCode", outcome.closeCode())
            .put("address", address == null ? null : text(address))
            .put("bytesUp", stats.bytesUp())
            .put("bytesDown", stats.bytesDown())
            .put("pausedMillisUp", TimeUnit.NANOSECONDS.toMillis(stats.pausedNanosUp()))
            .put("pausedMillisDown", TimeUnit.NANOSECONDS.toMillis(stats.pausedNanosDown()))
            .put("detail", detail));
  }

  /**
   * A probe has ended, or what was admitted never became a tunnel. Nothing if it has ended already.
   *
   * @param outcome its word
   */
  public void end(String outcome) {
    if (!ended.get()) {
      end(ending(outcome));
    }
  }

  private void end(AuditEvent.Builder ending) {
    AuditEvent event = ending.build();
    if (ended.compareAndSet(false, true)) {
      try {
        audit.record(event);
      } catch (OutOfMemoryError e) {
        ended.set(false); // it is told again
        throw e;
      }
    }
  }

  private AuditEvent decision(String outcome, int status, @Nullable String why) {
    AuditEvent.Builder event = begin("decision");
    Tickets.Grant spent = grant;
    event
        .put("ticket", spent == null ? null : spent.hash())
        .put("socket", socket)
        .put("client", client)
        .put("origin", origin)
        .put("requested", requested);
    Decision decided = decision;
    if (decided != null) {
      put(event, decided);
    }
    event.put("outcome", outcome);
    if (status > 0) {
      event.put("status", status).put("detail", why);
    }
    return event.build();
  }

  private static void put(AuditEvent.Builder event, Decision decided) {
    event.put("target", normalised(decided)).put("answers", answers(decided.answers()));
    if (!decided.rule().isEmpty()) {
      event.put("rule", decided.rule());
    }
    if (decided instanceof Decision.Allowed allowed && !allowed.aliases().isEmpty()) {
      event.put("aliases", allowed.aliases());
    }
    if (decided instanceof Decision.Denied denied) {
      event.put("reason", denied.reason().word()).put("because", denied.detail());
    }
    if (!decided.shadow().isEmpty()) {
      event.put("shadow", decided.shadow());
    }
  }

  private AuditEvent.Builder ending(String outcome) {
    AuditEvent.Builder event = begin("end");
    Decision decided = decision;
    return event
        .put("target", decided == null ? null : normalised(decided))
        .put("outcome", outcome)
        .put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganAt));
  }

  private AuditEvent.Builder begin(String name) {
    AuditEvent.Builder event = AuditEvent.of(name).put("id", id).put("kind", kind);
    event.put("trace", trace);
    ClientIdentity who = identity;
    if (who != null) {
      put(event, who);
    }
    return event;
  }

  /** Adds who somebody is. */
  public static void put(AuditEvent.Builder event, ClientIdentity who) {
    event
        .put("subject", who.subject())
        .put("roles", who.roles().stream().sorted().toList())
        .put("method", who.method().word());
    if (who.vouched() != who.method()) {
      event.put("vouched", who.vouched().word());
    }
  }

  private static String normalised(Decision decided) {
    return decided instanceof Decision.Allowed allowed
        ? allowed.target().text()
        : decided.requested().text();
  }

  private static List<Map<String, Object>> answers(List<Answer> answers) {
    return answers.stream().map(Attempt::members).toList();
  }

  private static Map<String, Object> members(Answer answer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("address", answer.address().toString());
    members.put("class", answer.addressClass().word());
    return members;
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
