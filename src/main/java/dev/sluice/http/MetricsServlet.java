package dev.sluice.http;

import dev.sluice.metrics.Metrics;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}: what the node counts, in the Prometheus text format. */
@Dependent
@WebServlet(urlPatterns = "/metrics", asyncSupported = true)
public class MetricsServlet extends StrictServlet {

  @Inject Metrics metrics;

  public MetricsServlet() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType(Metrics.CONTENT_TYPE);
    response.setHeader("Cache-Control", "no-store");
    metrics.write(response.getOutputStream());
  }
}
