package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * {@code GET /health/live}: 200 while the node answers at all. {@code GET /health/ready}: 200, or
 * 503 while it should be sent no tunnels. Both with {@code {"status":"up"|"down","reasons":[…],
 * "warnings"?:[…]}}; a warning is what somebody has to mend while the node goes on.
 */
@Dependent
@WebServlet(
    urlPatterns = {"/health/live", "/health/ready"},
    asyncSupported = true)
public class HealthServlet extends StrictServlet {

  @Inject Readiness readiness;

  public HealthServlet() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean live = request.getServletPath().endsWith("/live");
    Reply reply =
        live
            ? status(List.of(), List.of())
            : status(readiness.reasonsAgainst(), readiness.warnings());
    reply.send(response);
  }

  static Reply status(List<String> reasonsAgainst, List<String> warnings) {
    boolean up = reasonsAgainst.isEmpty();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("status", up ? "up" : "down")
            .add("reasons", Json.createArrayBuilder(reasonsAgainst));
    if (!warnings.isEmpty()) {
      json.add("warnings", Json.createArrayBuilder(warnings));
    }
    return Reply.json(up ? 200 : 503, json.build());
  }
}
