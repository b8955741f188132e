package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.target.Explanation;
import dev.sluice.target.HostPort;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.Requested;
import dev.sluice.target.TargetName;
import dev.sluice.target.TargetPolicy;
import dev.sluice.tunnel.TargetAddress;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * {@code GET /api/explain?host=&port=} or {@code ?name=}: whether a target would be opened and why,
 * every rule and every address, as {@link ExplanationText} says. For the role {@code sluice-admin}.
 * It speaks of whoever asks, or of somebody with the roles of {@code &roles=a,b}.
 */
@Dependent
@WebServlet(urlPatterns = "/api/explain", asyncSupported = true)
public class ExplainApi extends StrictServlet {

  private static final List<String> PARAMETERS = List.of("host", "port", "name", "roles");

  @Inject Entrance entrance;
  @Inject Supplier<TargetPolicy> targets;

  public ExplainApi() {
    super("GET");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // it looks names up, so other sites' pages have no part in it
    ClientIdentity identity = entrance.enter(entrance.caller(request));
    if (!identity.isAdmin()) {
      throw RefusalException.forbidden();
    }
    Query query = Query.parse(request.getQueryString(), PARAMETERS);
    try {
      Set<String> roles =
          query
              .value("roles")
              .map(text -> Set.of(TargetAddress.decode(text).split(",", -1)))
              .orElse(identity.roles());
      Explanation found = targets.get().explain(requested(query), roles::contains);
      Reply.json(200, json(identity, roles, found)).send(response);
    } catch (IllegalArgumentException e) {
      throw RefusalException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Requested requested(Query query) {
    boolean byName = query.value("name").isPresent();
    if (byName == (query.value("host").isPresent() || query.value("port").isPresent())) {
      throw new InvalidTargetException("ask for ?host=HOST&port=PORT or for ?name=NAME");
    }
    return byName
        ? new TargetName(decoded(query, "name"))
        : HostPort.of(decoded(query, "host"), decoded(query, "port"));
  }

  private static String decoded(Query query, String name) {
    return TargetAddress.decode(
        query
            .value(name)
            .orElseThrow(
                () -> new InvalidTargetException("the parameter " + name + " is missing")));
  }

  private static JsonObject json(ClientIdentity who, Set<String> roles, Explanation found) {
    return Json.createObjectBuilder()
        .add(
            "identity",
            Json.createObjectBuilder()
                .add("subject", who.subject())
                .add("method", who.method().word())
                .add("roles", Json.createArrayBuilder(roles.stream().sorted().toList())))
        .addAll(Json.createObjectBuilder(ExplanationText.json(found)))
        .build();
  }
}
