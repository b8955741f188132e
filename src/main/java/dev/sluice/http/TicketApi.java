package dev.sluice.http;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.access.TicketSettings;
import dev.sluice.access.Tickets;
import dev.sluice.target.HostPort;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.Requested;
import dev.sluice.target.TargetName;
import dev.sluice.tunnel.Outcome;
import dev.sluice.tunnel.TunnelRoom;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * {@code POST /api/tickets} with {@code {"target"}} or {@code {"host","port"}}: a one-time ticket
 * for one tunnel, {@code {"ticket","expiresAt","url"}}. {@code expiresAt} is RFC 3339 in UTC,
 * {@code url} the tunnel's address without the ticket, which a client offers as the sub-protocol
 * {@code sluice.ticket.<ticket>} beside {@code binary}.
 *
 * <p>Policy is not asked here but when the tunnel is opened: a ticket is no answer to whether there
 * is such a target. What refuses any tunnel of this caller for the moment does refuse the ticket:
 * it is here that a page can read why and when to come again, as browsers hide the answer to a
 * WebSocket handshake.
 */
@Dependent
@WebServlet(urlPatterns = "/api/tickets", asyncSupported = true)
public class TicketApi extends StrictServlet {

  private static final List<String> MEMBERS = List.of("target", "host", "port");

  @Inject Entrance entrance;
  @Inject Tickets tickets;
  @Inject TunnelRoom room;
  @Inject Supplier<TicketSettings> settings;

  public TicketApi() {
    super("POST");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Caller caller = entrance.caller(request);
    ClientIdentity owner = entrance.enter(caller);
    RefusalException.throwIf(room.refuses(caller, owner));
    Requested requested =
        requested(JsonMembers.parse(request.getContentType(), RequestBody.read(request), MEMBERS));
    Duration lifetime = settings.get().lifetime();
    Instant expiresAt = Instant.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String ticket =
        tickets
            .issue(owner, caller, requested.text(), lifetime)
            .orElseThrow(() -> new RefusalException(Problem.of(Outcome.OVERLOADED)));
    Reply.json(
            200,
            Json.createObjectBuilder()
                .add("ticket", ticket)
                .add("expiresAt", expiresAt.toString())
                .add("url", url(requested, caller, request))
                .build())
        .send(response);
  }

  private static Requested requested(JsonMembers members) {
    try {
      if (!members.has("target")) {
        return HostPort.of(
            members.text("host"),
            members
                .integerOrText("port")
                .orElseThrow(() -> RefusalException.badRequest("member \"port\" is missing")));
      }
      if (members.has("host") || members.has("port")) {
        throw RefusalException.badRequest("either \"target\" or \"host\" and \"port\"");
      }
      TargetName named = new TargetName(members.text("target"));
      if (!named.text().equals(named.name())) {
        throw RefusalException.badRequest("member \"target\" is no target's name");
      }
      return named;
    } catch (InvalidTargetException e) {
      throw RefusalException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static String url(Requested requested, Caller caller, HttpServletRequest request) {
    String base =
        (caller.scheme().equals("https") ? "wss://" : "ws://")
            + Objects.requireNonNullElse(caller.host(), request.getServerName())
            + request.getContextPath()
            + "/tunnel";
    return requested instanceof HostPort target
        ? base + "?host=" + target.host().text() + "&port=" + target.port()
        : base + "/" + requested.text();
  }
}
