package dev.sluice.launcher.tls;

import java.io.IOException;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;

/**
 * Tells browsers, on every answer that passes, never to come without TLS again (RFC 6797). Stands
 * next to the codec, so that what filters answer themselves passes as well.
 */
final class StrictTransportSecurity extends BaseFilter {

  private static final String A_YEAR = "max-age=31536000";

  @Override
  public NextAction handleWrite(FilterChainContext ctx) throws IOException {
    if (ctx.getMessage() instanceof HttpPacket packet
        && packet.getHttpHeader() instanceof HttpResponsePacket response
        && !response.isCommitted()) {
      response.setHeader("Strict-Transport-Security", A_YEAR);
    }
    return ctx.getInvokeAction();
  }
}
