package dev.sluice.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The clients of one test: all links to one address, on the thread that calls. What they do once
 * they are open is a subclass's; by itself a crowd reads what comes and counts it.
 */
public class Crowd implements Link.User, AutoCloseable {

  /** Handshakes that may be under way at once. */
  private static final int OPENING = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long STEP_MILLIS = 5;

  private final Loop loop = new Loop();
  private final Address address;
  private final int receiveBuffer;
  private final List<Link> links = new ArrayList<>();
  private final Map<Integer, Integer> closeCodes = new TreeMap<>();
  private int opened;
  private int failed;
  private int ended;
  private int died;
  private boolean cutting;
  private long received;
  private String problem = "";

  /** A crowd that is to connect to {@code address}. */
  public Crowd(Address address) {
    this(address, 0);
  }

  /**
   * The same with small windows.
   *
   * @param receiveBuffer of each socket, in bytes; zero: the kernel's choice
   */
  public Crowd(Address address, int receiveBuffer) {
    this.address = address;
    this.receiveBuffer = receiveBuffer;
  }

  /**
   * Opens links until there are {@code count} in all.
   *
   * @throws IOException when one failed, or nothing moves for 10 s
   */
  public final void open(int count) throws IOException {
    long movedAt = System.nanoTime();
    int before = opened;
    while (opened < count) {
      while (links.size() < count && links.size() - opened - failed < OPENING) {
        add();
      }
      poll();
      if (opened != before) {
        before = opened;
        movedAt = System.nanoTime();
      }
      if (failed > 0 || System.nanoTime() - movedAt > PATIENCE.toNanos()) {
        throw new IOException(opened + " of " + count + " opened: " + problem);
      }
    }
  }

  /** Begins to open one more. */
  protected final Link add() {
    Link link = Link.open(loop, address, this, links.size(), receiveBuffer);
    links.add(link);
    return link;
  }

  /** Puts another link in the place of one that ended. */
  protected final void replace(int index) {
    links.set(index, Link.open(loop, address, this, index, receiveBuffer));
  }

  /** Lets what is ready have its turn; waits for that no longer than 5 ms. */
  public final void poll() {
    poll(STEP_MILLIS);
  }

  /** The same with a wait of its own, in milliseconds, one at least. */
  public final void poll(long millis) {
    loop.poll(millis);
  }

  /** Polls until the time is over or {@code done}. */
  public final void pollFor(double seconds, BooleanSupplier done) {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() - until < 0 && !done.getAsBoolean()) {
      poll();
    }
  }

  /** Closes every link as it should be and waits for that, at most for so long. */
  public final void finish(double seconds) throws IOException {
    for (Link link : links) {
      link.close();
      loop.pollNow();
    }
    pollFor(seconds, () -> ended >= links.size());
  }

  @Override
  public void opened(Link link) throws IOException {
    opened++;
  }

  @Override
  public void ended(Link link) {
    ended++;
    if (problem.isEmpty()) {
      problem = link.problem();
    }
    if (!link.wasOpen()) {
      failed++;
    } else if (!cutting) {
      closeCodes.merge(link.closeCode(), 1, Integer::sum);
      died += link.endedWell() ? 0 : 1;
    }
  }

  @Override
  public void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {
    received += length;
  }

  /** The links, in the order of their numbers. */
  public final List<Link> links() {
    return links;
  }

  /** Bytes that came from the target. */
  public final long received() {
    return received;
  }

  /** Links that have been open. */
  public final int opened() {
    return opened;
  }

  /** Links that never opened. */
  public final int failed() {
    return failed;
  }

  /** Links that ended. */
  public final int ended() {
    return ended;
  }

  /** Links that were open and ended neither by us nor as an end should be. */
  public final int died() {
    return died;
  }

  /** How often each close code was seen. */
  public final Map<Integer, Integer> closeCodes() {
    return closeCodes;
  }

  /** What went wrong first; empty: nothing did. */
  public final String problem() {
    return problem;
  }

  /** Whether frames cross. */
  protected final boolean webSocket() {
    return address.webSocket();
  }

  /** Cuts whatever is left. */
  @Override
  public void close() {
    cutting = true;
    links.forEach(Link::abort);
    loop.close();
  }
}
