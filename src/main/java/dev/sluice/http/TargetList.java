package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.target.NamedTarget;
import dev.sluice.target.TargetPolicy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * {@code GET /api/targets}: {@code {"targets":[{"name","protocol"?}]}}, the named targets that
 * whoever asks may open. Where they are is not said.
 */
@Dependent
@WebServlet(urlPatterns = "/api/targets", asyncSupported = true)
public class TargetList extends StrictServlet {

  @Inject Entrance entrance;
  @Inject Supplier<TargetPolicy> targets;

  public TargetList() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ClientIdentity identity = entrance.identify(entrance.caller(request));
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (NamedTarget target : targets.get().targetsFor(identity.roles()::contains)) {
      JsonObjectBuilder one = Json.createObjectBuilder().add("name", target.name());
      if (target.protocol() != null) {
        one.add("protocol", target.protocol());
      }
      list.add(one);
    }
    Reply.json(200, Json.createObjectBuilder().add("targets", list).build()).send(response);
  }
}
