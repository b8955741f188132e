package dev.sluice.http;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.tunnel.Attempt;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.Handshake;
import dev.sluice.tunnel.Outcome;
import dev.sluice.tunnel.TraceParent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the probe addresses have in common. Refusals are problem bodies; what an allowed target does
 * is an answer with status 200, see {@link ProbeAnswer}. No thread waits for the target.
 */
abstract class ProbeServlet extends StrictServlet {

  /** Over the probe's own time, for the container's threads to get to the answer. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private final ProbeKind kind;

  @Inject Probes probes;
  @Inject Entrance entrance;
  @Inject DenialPace pace;

  ProbeServlet(String method, ProbeKind kind) {
    super(method);
    this.kind = kind;
  }

  /**
   * What a request asks for.
   *
   * @throws RefusalException as bad_request saying what is wrong
   */
  abstract Asked read(HttpServletRequest request) throws IOException;

  /** A probe and the form of its answer. */
  record Asked(ProbeRequest probe, AnswerFormat format) {}

  @Override
  final void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Asked asked;
    Probes.Admitted admitted;
    Caller caller = entrance.caller(request);
    List<String> trace = Collections.list(request.getHeaders(Handshake.TRACE_HEADER));
    Attempt attempt = probes.attempt(kind, caller, TraceParent.of(trace));
    try {
      ClientIdentity identity = entrance.enter(caller);
      attempt.isBy(identity, null);
      probes.meter(caller, identity);
      asked = read(request);
      admitted = probes.admit(asked.probe(), request.getLocalPort(), caller, identity, attempt);
    } catch (RefusalException e) {
      probes.refused(kind, attempt, e.problem());
      if (e.startedAt() == 0) {
        throw e;
      }
      CompletableFuture<Problem> due = pace.due(e.problem(), e.startedAt());
      AsyncReply.send(request, response, pace.floor().plus(MARGIN), due, Problem::toReply);
      return;
    } catch (RuntimeException e) {
      attempt.refuse(Outcome.INTERNAL.code(), Outcome.INTERNAL.httpStatus(), "a defect");
      throw e;
    }
    ProbeRequest probe = asked.probe();
    Duration atMost = probe.timeout().multipliedBy(probe.count()).plus(MARGIN);
    CompletableFuture<ProbeAnswer> found = probes.start(kind, probe, admitted, attempt);
    AsyncReply.send(request, response, atMost, found, a -> reply(a, asked.format()));
  }

  private Reply reply(ProbeAnswer answer, AnswerFormat format) {
    probes.count(kind, answer);
    return switch (format) {
      case JSON -> Reply.json(200, answer.toJson());
      case TEXT -> Reply.text(200, answer.toText());
    };
  }
}
