package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * {@code GET /ssh/{host}[:{port}]}: how an SSH server names itself, for a person at a shell, such
 * as {@code db.corp.example:22 SSH-2.0-OpenSSH_9.2p1 0.42 ms}. The port is 22 where there is none;
 * {@code ?format=json} or {@code Accept} give JSON.
 */
@Dependent
@WebServlet(urlPatterns = "/ssh/*", asyncSupported = true)
public class SshText extends ProbeServlet {

  private static final List<String> PARAMETERS = List.of("format");

  public SshText() {
    super("GET", ProbeKind.SSH);
  }

  @Override
  Asked read(HttpServletRequest request) {
    Query query = Query.parse(request.getQueryString(), PARAMETERS);
    return new Asked(
        ProbeRequest.ssh(TargetPath.below(request, "/ssh/")),
        AnswerFormat.of(query, request.getHeader("Accept")));
  }
}
