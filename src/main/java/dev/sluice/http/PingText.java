package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * {@code GET /ping/{host}:{port}}: a TCP ping for a person at a shell, a line for each sample such
 * as {@code db.corp.example:5432 open 0.42 ms}. {@code ?count=} and {@code ?timeout=} as {@link
 * PingApi} has them; {@code ?format=json} or {@code Accept} give JSON.
 */
@Dependent
@WebServlet(urlPatterns = "/ping/*", asyncSupported = true)
public class PingText extends ProbeServlet {

  private static final List<String> PARAMETERS = List.of("count", "timeout", "format");

  public PingText() {
    super("GET", ProbeKind.PING);
  }

  @Override
  Asked read(HttpServletRequest request) {
    Query query = Query.parse(request.getQueryString(), PARAMETERS);
    return new Asked(
        ProbeRequest.ping(TargetPath.below(request, "/ping/"), query),
        AnswerFormat.of(query, request.getHeader("Accept")));
  }
}
