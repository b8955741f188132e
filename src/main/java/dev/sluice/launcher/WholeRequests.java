package dev.sluice.launcher;

import dev.sluice.http.Problem;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Hands a request on when its body is there: a servlet that waited for a slow one would hold a
 * worker, and there are few. Bodies here are a few members of JSON.
 */
final class WholeRequests extends BaseFilter {

  private static final int MOST_BYTES = 65_536;
  private static final int CONTENT_TOO_LARGE = 413;

  /** Whether the client wants to leave HTTP: what follows is no body then. */
  static boolean isUpgrade(HttpRequestPacket request) {
    return "websocket".equalsIgnoreCase(request.getUpgrade());
  }

  @Override
  public NextAction handleRead(FilterChainContext ctx) {
    HttpContent content = ctx.getMessage();
    HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
    if (content.isLast() || isUpgrade(request)) {
      return ctx.getInvokeAction();
    }
    if (content.getContent().remaining() > MOST_BYTES) {
      ProblemAnswer.write(
          ctx,
          request.isSecure(),
          Problem.malformed(CONTENT_TOO_LARGE, "a body has at most " + MOST_BYTES + " bytes"));
      return ctx.getStopAction();
    }
    return ctx.getStopAction(content); // comes again with what is read next behind it
  }
}
