package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Clients that each send so many bytes of a stream of the pattern, then close. */
public final class PatternCrowd extends Crowd {

  private final long bytes;
  private final int message;
  private final Map<Link, Long> positions = new HashMap<>();

  /**
   * A crowd that is to connect to {@code address}.
   *
   * @param bytes that each sends
   * @param message most bytes of a message
   */
  public PatternCrowd(Address address, long bytes, int message) {
    super(address);
    this.bytes = bytes;
    this.message = message;
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    next(link);
  }

  @Override
  public void drained(Link link) throws IOException {
    if (link.state() == Link.State.OPEN) {
      next(link);
    }
  }

  private void next(Link link) throws IOException {
    long position = positions.getOrDefault(link, 0L);
    int length = (int) Math.min(message, bytes - position);
    if (length == 0) {
      link.close();
      return;
    }
    positions.put(link, position + length);
    ByteBuffer payload = ByteBuffer.allocate(length);
    Pattern.fill(Pattern.seed(link.number()), position, payload);
    payload.flip();
    if (webSocket()) {
      ByteBuffer frame = ByteBuffer.allocate(length + ClientFrames.header(length));
      ClientFrames.put(frame, ClientFrames.BINARY, payload);
      link.send(frame.flip());
    } else {
      link.send(payload);
    }
  }
}
