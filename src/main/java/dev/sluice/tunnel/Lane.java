package dev.sluice.tunnel;

import java.util.Locale;

/** Which code speaks WebSocket with the client of a tunnel. */
public enum Lane {
  /** The server's own engine, through the Jakarta WebSocket API: on every server, always there. */
  STANDARD,
  /** Our own RFC 6455 codec on the connection that the server has handed over. */
  FAST;

  /** The word in the configuration, metrics and logs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
