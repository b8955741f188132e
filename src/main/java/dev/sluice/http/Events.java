package dev.sluice.http;

import dev.sluice.access.AccessControl;
import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.tunnel.Outcome;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code GET /api/events}: server-sent events (the HTML standard §9.2), once a second one named
 * {@code sessions} whose data are {@code GET /api/sessions} of whoever watches, at most {@link
 * #MOST} of them listed.
 */
@Dependent
@WebServlet(urlPatterns = "/api/events", asyncSupported = true)
public class Events extends StrictServlet {

  /** The most tunnels in one event. */
  static final int MOST = 1_000;

  @Inject Entrance entrance;
  @Inject Sessions sessions;
  @Inject Watchers watchers;
  @Inject AccessControl access;

  public Events() {
    super("GET");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = entrance.caller(request);
    // not for other sites' pages, which could use up the watchers
    ClientIdentity identity = entrance.enter(caller);
    boolean added =
        watchers.add(
            caller.countingKey(), identity, this::event, () -> Watcher.start(request, response));
    if (!added) {
      throw new RefusalException(
          Problem.of(Outcome.OVERLOADED, "too many watch already; try again later"));
    }
  }

  /** Empty once the gateway does not know the watcher any more. */
  private Optional<byte[]> event(ClientIdentity watcher) {
    return access
        .stillKnown(watcher)
        .map(
            now ->
                ("event: sessions\ndata: " + sessions.list(now, MOST) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
  }
}
