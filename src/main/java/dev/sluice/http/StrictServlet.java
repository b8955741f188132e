package dev.sluice.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** A servlet that takes a fixed set of methods and answers everything else with a problem body. */
abstract class StrictServlet extends HttpServlet {

  private static final System.Logger LOG = System.getLogger(StrictServlet.class.getName());

  private final List<String> methods;

  StrictServlet(String... methods) {
    this.methods = List.of(methods);
  }

  /**
   * Answers a request of one of the methods.
   *
   * @throws RefusalException to be answered with its problem
   */
  abstract void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!methods.contains(request.getMethod())) {
      String allowed = String.join(", ", methods);
      response.setHeader("Allow", allowed);
      new Problem(405, "method_not_allowed", "this address takes " + allowed).send(response);
      return;
    }
    try {
      answer(request, response);
    } catch (RefusalException e) {
      e.problem().send(response);
    } catch (RuntimeException e) {
      if (response.isCommitted() || request.isAsyncStarted()) {
        throw e;
      }
      internal(LOG, e).send(response);
    }
  }

  /** The problem for a defect of ours, whose id the log has too. */
  static Problem internal(System.Logger log, Throwable defect) {
    String id = UUID.randomUUID().toString();
    log.log(System.Logger.Level.ERROR, "internal error " + id, defect);
    return Problem.internal(id);
  }
}
