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
  private final Relay relay;
  private volatile @Nullable InetSocketAddress target;

  Tunnel(String id, TunnelRequest request, Relay relay) {
    this.id = id;
    this.request = request;
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

  /** The client closed the WebSocket properly. */
  public void clientClosed() {
    relay.clientClosed();
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
