package dev.sluice.http;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A whole answer, ready to be written: small, never cached.
 *
 * @param contentType media type of {@code body}; the text goes out as UTF-8
 * @param headers that the answer has besides
 */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

  Reply(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }

  static Reply json(int status, JsonObject body) {
    return new Reply(status, "application/json", body.toString());
  }

  static Reply text(int status, String body) {
    return new Reply(status, "text/plain;charset=utf-8", body);
  }

  /** Writes it. May block: never on a loop's thread. */
  void send(HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    response.setHeader("Cache-Control", "no-store");
    headers.forEach(response::setHeader);
    response.getOutputStream().write(bytes);
  }
}
