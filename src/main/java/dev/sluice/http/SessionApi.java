package dev.sluice.http;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.audit.AuditEvent;
import dev.sluice.audit.AuditLog;
import dev.sluice.tunnel.Attempt;
import dev.sluice.tunnel.Tunnel;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code DELETE /api/sessions/{id}} ends a tunnel, with 4403; {@code PATCH /api/sessions/{id}} with
 * {@code {"paused"?,"bytesPerSecond"?}} stops it or lets it go on, and throttles it or, by null, no
 * longer. For its owner and the role {@code sluice-admin}; to anybody else there is no such tunnel.
 */
@Dependent
@WebServlet(urlPatterns = "/api/sessions/*", asyncSupported = true)
public class SessionApi extends StrictServlet {

  @Inject Entrance entrance;
  @Inject Sessions sessions;
  @Inject AuditLog audit;

  public SessionApi() {
    super("DELETE", "PATCH");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = entrance.caller(request);
    ClientIdentity identity = entrance.enter(caller);
    SessionChange change =
        request.getMethod().equals("DELETE")
            ? new SessionChange.End()
            : SessionChange.read(request.getContentType(), RequestBody.read(request));
    Tunnel tunnel =
        sessions
            .find(identity, TargetPath.below(request, "/api/sessions/"))
            .orElseThrow(() -> RefusalException.notFound("there is no such tunnel"));
    AuditEvent.Builder event =
        AuditEvent.of("change").put("tunnel", tunnel.id()).put("client", caller.client());
    Attempt.put(event, identity);
    audit.record(event.put("change", change.toString()).build());
    change.apply(tunnel, identity);
    if (change instanceof SessionChange.End) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      Reply.json(200, sessions.one(tunnel).build()).send(response);
    }
  }
}
