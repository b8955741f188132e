package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /api/whoami}: {@code {"subject","roles":[…],"method"}} of whoever asks. Of a server's
 * own login the roles are those that rules and targets ask about, and {@code sluice-admin}.
 */
@Dependent
@WebServlet(urlPatterns = "/api/whoami", asyncSupported = true)
public class Whoami extends StrictServlet {

  @Inject Entrance entrance;

  public Whoami() {
    super("GET", "HEAD");
  }

  @Override
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ClientIdentity identity = entrance.identify(entrance.caller(request));
    JsonArrayBuilder roles = Json.createArrayBuilder();
    identity.roles().stream().sorted().forEach(roles::add);
    Reply.json(
            200,
            Json.createObjectBuilder()
                .add("subject", identity.subject())
                .add("roles", roles)
                .add("method", identity.method().word())
                .build())
        .send(response);
  }
}
