package dev.sluice.tunnel;

import dev.sluice.relay.EndCause;
import dev.sluice.relay.Relay;
import dev.sluice.relay.RelayStats;
import dev.sluice.relay.Throttle;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One open tunnel, from its handshake to its end. */
public final class Tunnel implements ClientEvents {

  private final String id;
  private final TunnelRequest request;
  private final Lane lane;
  private final Relay relay;
  private final Instant openedAt = Instant.now();
  private final RateMeter rates = new RateMeter();
  private volatile @Nullable InetSocketAddress target;

  Tunnel(String id, TunnelRequest request, Lane lane, Relay relay) {
    this.id = id;
    this.request = request;
    this.lane = lane;
    this.relay = relay;
  }

  /** Unique on this node while it runs. */
  public String id() {
    return id;
  }

  /** What was asked for, and by whom. */
  public TunnelRequest request() {
    return request;
  }

  /** Which code speaks WebSocket with its client. */
  public Lane lane() {
    return lane;
  }

  /** Where a tunnel is in its life. */
  public enum State {
    /** Its target has not answered yet. */
    DIALING,
    /** Its bytes flow, as far as its ends let them. */
    OPEN,
    /** Somebody has paused it. */
    PAUSED
  }

  /** Where it is now; any thread. */
  public State state() {
    if (isPaused()) {
      return State.PAUSED;
    }
    return target == null ? State.DIALING : State.OPEN;
  }

  /** When its handshake was done, by the wall clock. */
  public Instant openedAt() {
    return openedAt;
  }

  /** How fast its bytes have moved lately; any thread. */
  public RateMeter.Rates rates() {
    return rates.look(stats(), System.nanoTime());
  }

  /** Where it is connected to; null while it dials. */
  public @Nullable InetSocketAddress target() {
    return target;
  }

  /** Its bytes so far; any thread. */
  public RelayStats stats() {
    return relay.stats();
  }

  /**
   * Stops its bytes in both directions, or lets them go on. None is lost: its ends are made to wait
   * by flow control. A pause is neither idle time nor a stall; any thread.
   */
  public void pause(boolean on) {
    relay.brakes().pause(on);
  }

  /** Whether it is paused; any thread. */
  public boolean isPaused() {
    return relay.brakes().isPaused();
  }

  /**
   * Lets at most so many bytes a second pass each way, besides what the configuration sets; any
   * thread.
   *
   * @param bytesPerSecond zero: only what the configuration sets
   */
  public void throttle(long bytesPerSecond) {
    relay.brakes().throttle(bytesPerSecond);
  }

  /** What {@link #throttle} said last; zero: nothing. Any thread. */
  public long bytesPerSecond() {
    return relay.brakes().bytesPerSecond();
  }

  @Override
  public int appetite() {
    return relay.appetite();
  }

  @Override
  public void received(ByteBuffer bytes) {
    relay.received(bytes);
  }

  @Override
  public void ponged(long id) {
    relay.ponged(id);
  }

  @Override
  public void clientClosed(int code) {
    if (isClean(code)) {
      relay.clientClosed();
    } else {
      clientLost("close code " + code);
    }
  }

  /**
   * Whether the client meant to end the stream: by RFC 6455 §7.4 the normal codes, none at all, and
   * those that applications define; the rest say that something broke.
   */
  static boolean isClean(int code) {
    return code == 1000 || code == 1001 || code == 1005 || (code >= 3000 && code <= 4999);
  }

  @Override
  public void clientLost(@Nullable String detail) {
    relay.abort(EndCause.CLIENT_LOST, detail);
  }

  void standUnder(Throttle throttle) {
    relay.brakes().standUnder(throttle);
  }

  void start() {
    relay.start(request.allowed().pinned());
  }

  /** As the log names it: its id, and the trace that it belongs to. */
  @Override
  public String toString() {
    return "tunnel " + id + (request.trace() == null ? "" : " of trace " + request.trace());
  }

  void connected(InetSocketAddress address) {
    target = address;
  }

  /**
   * Ends it as revoked: 4403. Any thread; nothing when it has ended.
   *
   * @param why for the log and the audit record
   */
  public void revoke(String why) {
    relay.abort(EndCause.REVOKED, why);
  }

  void end(EndCause cause) {
    relay.abort(cause, null);
  }
}
