package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Clients of an echo that each send a piece of a stream of their own every so often, as a person at
 * a terminal does, and check that exactly it comes back. A link that still waits for an echo when
 * its next piece is due sends none and tries again a beat later.
 */
public final class PulseCrowd extends Crowd {

  /**
   * What each client does.
   *
   * @param bytes of a piece
   * @param seconds between two of them
   * @param life pieces after which a client closes and another takes its place; zero: it stays
   */
  public record Beat(int bytes, double seconds, int life) {
    private long nanos() {
      return (long) (seconds * 1e9);
    }
  }

  private static final class Pulse {
    private final long seed;
    private final PatternCheck check = new PatternCheck();
    private long due;
    private long sentAt;
    private long sent;
    private int beats;

    Pulse(long seed) {
      this.seed = seed;
    }

    boolean waits() {
      return check.count() < sent;
    }
  }

  private final Beat beat;
  private final Histogram times = new Histogram();
  private final Map<Link, Pulse> pulses = new HashMap<>();
  private final ArrayDeque<Link> queue = new ArrayDeque<>();
  private final ArrayDeque<Integer> vacant = new ArrayDeque<>();
  private boolean beating;
  private int streams;
  private int echoes;
  private int missed;
  private long longest;

  /** A crowd that is to connect to {@code address}; it is silent until {@link #begin}. */
  public PulseCrowd(Address address, Beat beat) {
    super(address);
    this.beat = beat;
  }

  /** All that are open begin, spread evenly over the time between two pieces. */
  public void begin() {
    beating = true;
    long now = System.nanoTime();
    int number = 0;
    for (Link link : links()) {
      Pulse pulse = pulses.get(link);
      if (pulse != null) {
        pulse.due = now + beat.nanos() * number++ / links().size();
        queue.add(link);
      }
    }
  }

  /** Nobody begins another piece; what is under way may still come back. */
  public void stop() {
    beating = false;
    queue.clear();
  }

  /** Sends whatever is due. */
  public void tick() throws IOException {
    for (Integer number = vacant.poll(); number != null; number = vacant.poll()) {
      replace(number);
    }
    long now = System.nanoTime();
    for (Link link = queue.peek(); link != null; link = queue.peek()) {
      Pulse pulse = pulses.get(link);
      if (pulse != null && pulse.due - now > 0) {
        return;
      }
      queue.remove();
      if (pulse != null && link.state() == Link.State.OPEN) {
        send(link, pulse);
        pulse.due += beat.nanos();
        queue.add(link);
      }
    }
  }

  private void send(Link link, Pulse pulse) throws IOException {
    if (pulse.waits()) {
      missed++;
      return;
    }
    pulse.sentAt = pulse.due; // what the tool itself is late counts too
    ByteBuffer piece = ByteBuffer.allocate(beat.bytes());
    Pattern.fill(pulse.seed, pulse.sent, piece);
    pulse.sent += beat.bytes();
    pulse.beats++;
    piece.flip();
    if (webSocket()) {
      ByteBuffer frame = ByteBuffer.allocate(beat.bytes() + ClientFrames.header(beat.bytes()));
      ClientFrames.put(frame, ClientFrames.BINARY, piece);
      piece = frame.flip();
    }
    link.send(piece);
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    Pulse pulse = new Pulse(Pattern.seed(streams++));
    pulses.put(link, pulse);
    if (beating) {
      pulse.due = System.nanoTime() + beat.nanos();
      queue.add(link);
    }
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    super.received(link, bytes, from, length);
    Pulse pulse = pulses.get(link);
    pulse.check.accept(bytes, from, length);
    boolean another = pulse.check.seed() != 0 && pulse.check.seed() != pulse.seed;
    if (another || pulse.check.wrongAt() >= 0 || pulse.check.count() > pulse.sent) {
      throw new IOException("what came back is not what was sent");
    }
    if (!pulse.waits()) {
      long nanos = System.nanoTime() - pulse.sentAt;
      times.add(nanos);
      longest = Math.max(longest, nanos);
      echoes++;
      if (beating && beat.life() > 0 && pulse.beats >= beat.life()) {
        link.close();
      }
    }
  }

  @Override
  public void ended(Link link) {
    super.ended(link);
    pulses.remove(link);
    if (beating && beat.life() > 0 && link.endedWell()) {
      vacant.add(link.number());
    }
  }

  /** From when a piece was due to the end of its echo. */
  public Histogram times() {
    return times;
  }

  /** The longest of these times, or for how long somebody waits by now, in seconds. */
  public double longest() {
    long now = System.nanoTime();
    return pulses.values().stream()
            .filter(Pulse::waits)
            .mapToLong(pulse -> now - pulse.sentAt)
            .reduce(longest, Math::max)
        / 1e9;
  }

  /** Pieces that came back whole. */
  public int echoes() {
    return echoes;
  }

  /** Pieces that were due while the one before had not come back. */
  public int missed() {
    return missed;
  }

  /** How many wait for an echo. */
  public long waiting() {
    return pulses.values().stream().filter(Pulse::waits).count();
  }
}
