package dev.sluice.launcher;

import dev.sluice.http.Problem;
import dev.sluice.http.SecurityHeaders;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;

/** A refusal from a filter, before any servlet: the answer is the connection's last. */
final class ProblemAnswer {

  private ProblemAnswer() {}

  /**
   * Answers the request of {@code ctx}. Asynchronous, on whichever thread.
   *
   * @param secure whether the client speaks TLS, to us or to a proxy
   */
  static void write(FilterChainContext ctx, boolean secure, Problem problem) {
    HttpContent message = ctx.getMessage();
    byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
    HttpResponsePacket response = ((HttpRequestPacket) message.getHttpHeader()).getResponse();
    response.setProtocol(Protocol.HTTP_1_1);
    response.setStatus(problem.status());
    // straight into the headers: of an upgrade's response Grizzly serialises no content type itself
    response.getHeaders().setValue("Content-Type").setString(Problem.CONTENT_TYPE);
    response.setContentLength(body.length);
    response.setHeader("Connection", "close");
    response.setHeader("Cache-Control", "no-store");
    SecurityHeaders.of(secure).forEach(response::setHeader);
    problem.headers().forEach(response::setHeader);
    ctx.write(
        HttpContent.builder(response)
            .content(Buffers.wrap(ctx.getMemoryManager(), body))
            .last(true)
            .build());
    ctx.flush(new CloseWhenWritten<>(ctx.getConnection()));
  }
}
