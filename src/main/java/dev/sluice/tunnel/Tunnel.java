package dev.sluice.tunnel;

import dev.sluice.relay.EndCause;
import dev.sluice.relay.Relay;
import dev.sluice.relay.RelayStats;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One open tunnel, from its handshake to its end. */
public final class Tunnel {

  private final String id;
  private final TunnelRequest request;
  private final Lane lane;
  private final Relay relay;
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

  /** Where it is connected to; null while it dials. */
  public @Nullable InetSocketAddress target() {
    return target;
  }

  /** Its bytes so far; any thread. */
  public RelayStats stats() {
    return relay.stats();
  }

  /** Bytes from the client, valid during the call. The container's thread, one at a time. */
  public void received(ByteBuffer bytes) {
    relay.received(bytes);
  }

  /**
   * The answer to a ping, or an unasked-for one.
   *
   * @param id as the ping had it; zero if it is none of ours
   */
  public void ponged(long id) {
    relay.ponged(id);
  }

  /**
   * The client's close frame came, or, as 1006, the connection ended without one.
   *
   * @param code of RFC 6455 §7.4
   */
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

  /** The client vanished, or the container gave up on it. */
  public void clientLost(@Nullable String detail) {
    relay.abort(EndCause.CLIENT_LOST, detail);
  }

  void connected(InetSocketAddress address) {
    target = address;
  }

  void end(EndCause cause) {
    relay.abort(cause, null);
  }
}
