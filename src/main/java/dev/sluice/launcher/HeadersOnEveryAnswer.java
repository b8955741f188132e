package dev.sluice.launcher;

import dev.sluice.http.SecurityHeaders;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Puts the security headers on what no servlet and no filter of ours answers: Grizzly's own pages
 * outside of the context path, and its answers to what is no HTTP.
 */
@SuppressWarnings("rawtypes") // as the interface has it
final class HeadersOnEveryAnswer extends HttpProbe.Adapter {

  @Override
  public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
    dress(header);
  }

  @Override
  public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
    dress(packet);
  }

  private static void dress(HttpPacket packet) {
    if (packet instanceof HttpRequestPacket request && !request.getResponse().isCommitted()) {
      SecurityHeaders.of(request.isSecure()).forEach(request.getResponse()::setHeader);
    }
  }
}
