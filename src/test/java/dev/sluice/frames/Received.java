package dev.sluice.frames;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Everything that came of a client's bytes: data as it lies between other events, one character a
 * byte, and the violation that ended it.
 */
final class Received implements FrameHandler {

  /** One event; parts of data that follow each other are one. */
  record Event(String kind, String content) {}

  private final List<Event> events = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();

  static Event data(byte[] bytes) {
    return new Event("data", new String(bytes, ISO_8859_1));
  }

  static Event ping(byte[] bytes) {
    return new Event("ping", new String(bytes, ISO_8859_1));
  }

  static Event pong(byte[] bytes) {
    return new Event("pong", new String(bytes, ISO_8859_1));
  }

  static Event closed(int code, String reason) {
    return new Event("close", code + " " + reason);
  }

  static Event violation(int code, String reason) {
    return new Event("violation", code + " " + reason);
  }

  /** What comes of a stream read in one piece. */
  static List<Event> from(ClientFrames stream) {
    return from(stream.bytes(), FrameLimits.DEFAULTS, left -> left, false);
  }

  /** What comes of a stream read in pieces of at most {@code size} bytes. */
  static List<Event> from(ClientFrames stream, int size) {
    return from(stream.bytes(), FrameLimits.DEFAULTS, left -> Math.min(left, size), false);
  }

  /**
   * What comes of a stream.
   *
   * @param chop from how many bytes are left to how many are read next
   * @param direct whether the read buffer is
   */
  static List<Event> from(
      byte[] stream, FrameLimits limits, IntUnaryOperator chop, boolean direct) {
    Received received = new Received();
    FrameReader reader = new FrameReader(received, limits, () -> 0);
    try {
      for (int at = 0; at < stream.length; ) {
        int length = chop.applyAsInt(stream.length - at);
        reader.read(buffer(stream, at, length, direct));
        at += length;
      }
    } catch (ProtocolViolation e) {
      received.add(violation(e.closeCode(), e.reason()));
    }
    return received.events();
  }

  /** A copy that begins somewhere inside its buffer and does not end it. */
  private static ByteBuffer buffer(byte[] stream, int from, int length, boolean direct) {
    int room = length + 10;
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
    return buffer.position(5).put(stream, from, length).flip().position(5);
  }

  List<Event> events() {
    if (!data.isEmpty()) {
      events.add(new Event("data", data.toString()));
      data.setLength(0);
    }
    return events;
  }

  private void add(Event event) {
    events().add(event);
  }

  @Override
  public void data(ByteBuffer part) {
    data.append(text(part));
  }

  @Override
  public void ping(ByteBuffer payload) {
    add(new Event("ping", text(payload)));
  }

  @Override
  public void pong(ByteBuffer payload) {
    add(new Event("pong", text(payload)));
  }

  @Override
  public void close(int code, String reason) {
    add(closed(code, reason));
  }

  private static String text(ByteBuffer bytes) {
    return ISO_8859_1.decode(bytes).toString();
  }
}
