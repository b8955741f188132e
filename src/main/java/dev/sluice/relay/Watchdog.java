package dev.sluice.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A relay's limits in time, judged from when its bytes last moved. It keeps no timer: each verdict
 * says when the next one is due, so a quiet tunnel costs one wake-up a ping.
 */
final class Watchdog {

  /** This many ping intervals without a sign of life mean that the client is gone. */
  private static final int SILENT_PINGS = 3;

  /**
   * What to do now.
   *
   * @param end the limit that was reached, or null
   * @param ping whether the client is to be pinged
   * @param nextNanos until the next check; {@link Long#MAX_VALUE}: none is needed
   */
  record Verdict(@Nullable EndCause end, boolean ping, long nextNanos) {}

  private final Downstream down;
  private final Upstream up;
  private final long idle;
  private final long session;
  private final long stall;
  private final long ping;
  private final long born = System.nanoTime();
  private volatile long lastHeard = born;
  private long lastPing = born;

  Watchdog(Downstream down, Upstream up, RelaySettings settings) {
    this.down = down;
    this.up = up;
    this.idle = orNever(settings.idleTimeout());
    this.session = orNever(settings.sessionLimit());
    this.stall = orNever(settings.stallTimeout());
    this.ping = orNever(settings.ping());
  }

  private static long orNever(Duration limit) {
    return limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
  }

  /** The client has shown life. Any thread. */
  void heard() {
    lastHeard = System.nanoTime();
  }

  /**
   * Judges. The loop's thread.
   *
   * @param clientThere false once the WebSocket is closed: nobody is left to ping, and only what
   *     still drains to the target is watched
   */
  Verdict check(long now, boolean clientThere) {
    long lastMove = Math.max(down.lastMove(), up.lastMove());
    // what a brake of ours holds neither idles nor stalls
    boolean held = down.brake().isHeld() || up.brake().isHeld();
    long toIdle = held ? idle : left(idle, now - lastMove);
    long toSession = left(session, now - born);
    boolean downWaits = down.buffered() > 0 && (down.isSending() || !down.brake().isHeld());
    boolean upWaits = up.buffered() > 0 && !up.brake().isHeld();
    long toStall =
        Math.min(
            downWaits ? left(stall, now - down.lastMove()) : stall,
            upWaits ? left(stall, now - up.lastMove()) : stall);
    if (toSession <= 0) {
      return new Verdict(EndCause.SESSION_LIMIT, false, 0);
    }
    if (toStall <= 0) {
      return new Verdict(EndCause.STALLED, false, 0);
    }
    if (toIdle <= 0) {
      return new Verdict(EndCause.IDLE_TIMEOUT, false, 0);
    }
    if (!clientThere || up.isStopped() || downWaits) {
      // a client that is stopped, or does not read what waits for it, cannot answer a ping
      lastHeard = now;
    }
    if (ping != Long.MAX_VALUE && now - lastHeard > SILENT_PINGS * ping) {
      return new Verdict(EndCause.CLIENT_LOST, false, 0);
    }
    boolean due = false;
    if (ping != Long.MAX_VALUE && now - lastPing >= ping) {
      lastPing = now;
      // with a message in flight the send itself is the probe
      due = clientThere && !downWaits;
    }
    long toPing = left(ping, now - lastPing);
    long next = Math.min(Math.min(toIdle, toSession), Math.min(toStall, toPing));
    return new Verdict(null, due, next);
  }

  private static long left(long limit, long elapsed) {
    return limit == Long.MAX_VALUE ? limit : limit - elapsed;
  }
}
