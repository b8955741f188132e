package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.audit.AuditLog;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code GET /api/audit?last=N}: {@code {"events":[…]}}, the newest lines of this node's audit
 * record as they stand in it, the oldest first. For the role {@code sluice-admin}.
 */
@Dependent
@WebServlet(urlPatterns = "/api/audit", asyncSupported = true)
public class AuditApi extends StrictServlet {

  private static final int USUAL = 100;
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,2}|1000");

  @Inject Entrance entrance;
  @Inject AuditLog audit;

  public AuditApi() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ClientIdentity identity = entrance.identify(entrance.caller(request));
    if (!identity.isAdmin()) {
      throw RefusalException.forbidden();
    }
    int last = count(Query.parse(request.getQueryString(), List.of("last")));
    // each line is a JSON object already
    String events = String.join(",", audit.last(last));
    new Reply(200, "application/json", "{\"events\":[" + events + "]}").send(response);
  }

  private static int count(Query query) {
    String text = query.value("last").orElse(String.valueOf(USUAL));
    if (!COUNT.matcher(text).matches()) {
      throw RefusalException.badRequest(
          "parameter \"last\" must be from 1 to %d".formatted(AuditLog.KEPT));
    }
    return Integer.parseInt(text);
  }
}
