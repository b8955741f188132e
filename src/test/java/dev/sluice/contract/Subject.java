package dev.sluice.contract;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Gateway;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;

/** The running server that a suite asks, and the configuration it runs with. */
final class Subject {

  /** The named target that is always there: an echo. */
  static final String NAMED = "echo";

  private final Gateway gateway;
  private final Lane lane;
  private final TcpTarget namedEcho;
  private final SuiteConfig usual;
  private int reloads;

  Subject(Gateway gateway, Lane lane, TcpTarget namedEcho, SuiteConfig usual) {
    this.gateway = gateway;
    this.lane = lane;
    this.namedEcho = namedEcho;
    this.usual = usual;
  }

  Gateway gateway() {
    return gateway;
  }

  /** The lane that its tunnels take. */
  Lane lane() {
    return lane;
  }

  /** What the server started with. */
  SuiteConfig usual() {
    return usual;
  }

  /**
   * Rewrites the configuration file and waits until it is in force: a name that is new in it shows
   * by no longer being refused.
   */
  void reload(SuiteConfig config) throws IOException {
    String marker = "reload-" + ++reloads;
    gateway.rewriteConfig(config.andTarget(marker, namedEcho.port()).yaml());
    WsHandshake probe = WsHandshake.to(gateway.ws("/tunnel/" + marker));
    Await.until("the new configuration is in force", () -> probe.ask().status() == 101);
  }
}
