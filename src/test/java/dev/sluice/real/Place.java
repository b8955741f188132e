package dev.sluice.real;

import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import java.util.stream.Stream;

/** Where real programs go through: every server, on each lane. */
enum Place {
  EMBEDDED_STANDARD(ServerKind.EMBEDDED, Lane.STANDARD),
  EMBEDDED_FAST(ServerKind.EMBEDDED, Lane.FAST),
  WILDFLY_STANDARD(ServerKind.WILDFLY, Lane.STANDARD),
  WILDFLY_FAST(ServerKind.WILDFLY, Lane.FAST),
  PAYARA_STANDARD(ServerKind.PAYARA, Lane.STANDARD),
  PAYARA_FAST(ServerKind.PAYARA, Lane.FAST);

  private final ServerKind server;
  private final Lane lane;

  Place(ServerKind server, Lane lane) {
    this.server = server;
    this.lane = lane;
  }

  /** Those that this build asks: the fast lane of the embedded server, and with all tests all. */
  static Stream<Place> asked() {
    boolean all = Boolean.getBoolean("sluice-test.all-places");
    return all ? Stream.of(values()) : Stream.of(EMBEDDED_FAST);
  }

  /** The server that runs there. */
  ServerKind server() {
    return server;
  }

  /** The lane that its tunnels take. */
  Lane lane() {
    return lane;
  }
}
