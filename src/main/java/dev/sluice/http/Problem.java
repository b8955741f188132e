package dev.sluice.http;

import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.Outcome;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * A refusal as RFC 9457 has it: {@code application/problem+json} with {@code type} about:blank,
 * {@code title}, {@code status}, {@code detail} and the extension member {@code code}.
 *
 * @param code the word of the outcome
 * @param detail for a person; of a denied target it never says why
 * @param headers that the answer has besides
 */
public record Problem(int status, String code, String detail, Map<String, String> headers) {

  /** The media type of {@link #toJson}. */
  public static final String CONTENT_TYPE = "application/problem+json";

  public Problem {
    headers = Map.copyOf(headers);
  }

  /** A problem without headers of its own. */
  public Problem(int status, String code, String detail) {
    this(status, code, detail, Map.of());
  }

  /** What a refused handshake is told. */
  public static Problem of(Refused refused) {
    Problem plain = of(refused.outcome(), refused.message());
    return new Problem(plain.status, plain.code, plain.detail, refused.headers());
  }

  /** What a refused request is told where there is nothing more to say about it. */
  public static Problem of(Outcome outcome) {
    return of(
        outcome,
        switch (outcome) {
          case BAD_REQUEST -> "the request is malformed";
          case UNAUTHENTICATED -> "this needs an identity that the gateway knows";
          case ORIGIN_FORBIDDEN -> "the page that asks may not use this gateway";
          case TARGET_DENIED -> "this target may not be opened";
          case RATE_LIMITED -> "too many requests; try again later";
          case OVERLOADED -> "the gateway has no room; try again later";
          case DRAINING -> "the gateway is going down; try again";
          case CONNECT_FAILED -> "the target cannot be reached";
          case CONNECT_TIMEOUT -> "the target did not answer in time";
          default -> "the gateway failed";
        });
  }

  /**
   * A problem whose detail the caller words.
   *
   * @throws IllegalArgumentException for an outcome that has no HTTP status
   */
  public static Problem of(Outcome outcome, String detail) {
    if (outcome.httpStatus() == 0) {
      throw new IllegalArgumentException(outcome + " is no answer to an HTTP request");
    }
    return new Problem(outcome.httpStatus(), outcome.code(), detail);
  }

  /** A request against HTTP or WebSocket, which has a status of its own: 400, 405 or 426. */
  public static Problem malformed(int status, String detail) {
    return new Problem(status, Outcome.BAD_REQUEST.code(), detail);
  }

  /**
   * A defect of ours.
   *
   * @param id what the log has the defect under
   */
  public static Problem internal(String id) {
    return of(Outcome.INTERNAL, "the gateway failed; its log knows more about " + id);
  }

  /** The body. */
  public String toJson() {
    return Json.createObjectBuilder()
        .add("type", "about:blank")
        .add("title", title())
        .add("status", status)
        .add("detail", detail)
        .add("code", code)
        .build()
        .toString();
  }

  /** Writes status, headers and body. May block. */
  public void send(HttpServletResponse response) throws IOException {
    toReply().send(response);
  }

  Reply toReply() {
    return new Reply(status, CONTENT_TYPE, toJson(), headers);
  }

  /** With type about:blank the title is the status's own phrase (RFC 9457 §4.2.1). */
  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Internal Server Error";
    };
  }
}
