package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;

/**
 * Shows the sub-protocols that a client offers as one header line. RFC 6455 §11.3.4 lets them come
 * on several; not every container reads more than the first.
 */
final class JoinedSubprotocols extends HttpServletRequestWrapper {

  private static final String NAME = "Sec-WebSocket-Protocol";

  JoinedSubprotocols(HttpServletRequest request) {
    super(request);
  }

  @Override
  public String getHeader(String name) {
    return NAME.equalsIgnoreCase(name) && super.getHeader(name) != null
        ? String.join(", ", Collections.list(getHeaders(name)))
        : super.getHeader(name);
  }
}
