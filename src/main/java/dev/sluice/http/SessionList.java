package dev.sluice.http;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /api/sessions}: {@code {"sessions":[…],"count"}}, the open tunnels of whoever asks;
 * for the role {@code sluice-admin} all of them.
 */
@Dependent
@WebServlet(urlPatterns = "/api/sessions", asyncSupported = true)
public class SessionList extends StrictServlet {

  @Inject Entrance entrance;
  @Inject Sessions sessions;

  public SessionList() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Reply.json(200, sessions.list(entrance.identify(entrance.caller(request)), Integer.MAX_VALUE))
        .send(response);
  }
}
