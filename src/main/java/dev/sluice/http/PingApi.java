package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * {@code POST /api/ping} with {@code {"host","port","count"?,"timeout"?}}: a TCP ping, answered as
 * {@link PingAnswer} says. {@code count} is 1 to 20, {@code timeout} whole seconds for each sample,
 * clamped to 1 to 30.
 */
@Dependent
@WebServlet(urlPatterns = "/api/ping", asyncSupported = true)
public class PingApi extends ProbeServlet {

  public PingApi() {
    super("POST", ProbeKind.PING);
  }

  @Override
  Asked read(HttpServletRequest request) throws IOException {
    return new Asked(
        ProbeRequest.ping(request.getContentType(), RequestBody.read(request)), AnswerFormat.JSON);
  }
}
