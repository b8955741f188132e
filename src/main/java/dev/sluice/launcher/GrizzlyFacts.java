package dev.sluice.launcher;

import dev.sluice.access.IncomingRequest;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.jspecify.annotations.Nullable;

/** A request of the embedded server, which has no login of its own, as callers are judged by it. */
record GrizzlyFacts(HttpRequestPacket request) implements IncomingRequest {

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    request.getHeaders().values(name).forEach(values::add);
    return values;
  }

  @Override
  public String peer() {
    return request.getRemoteAddress();
  }

  @Override
  public String scheme() {
    return request.isSecure() ? "https" : "http";
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public @Nullable String principal() {
    return null;
  }

  @Override
  public boolean isInRole(String role) {
    return false;
  }
}
