package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads small request bodies. */
final class RequestBody {

  /** The longest body that is taken, in bytes. */
  static final int MAX = 16_384;

  private RequestBody() {}

  /**
   * The whole body. Blocks as the container's stream does.
   *
   * @throws RefusalException when it is longer than {@link #MAX}
   */
  static byte[] read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() <= MAX) {
      byte[] body = request.getInputStream().readNBytes(MAX + 1);
      if (body.length <= MAX) {
        return body;
      }
    }
    throw RefusalException.badRequest("the body is longer than %d bytes".formatted(MAX));
  }
}
