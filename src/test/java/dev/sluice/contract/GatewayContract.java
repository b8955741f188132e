package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Gateway;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every question shares: the server that is asked, and the promise that after each of them the
 * server holds nothing any more. No defect of a server hangs the build: whoever waits for ever, and
 * be it kept busy by pings, is interrupted.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class GatewayContract {

  static final int KIB = 1 << 10;
  static final int MIB = 1 << 20;

  /**
   * What a client sees of a close code that a server's own engine loses. Tyrus cuts the connection
   * right behind its close frame: where the client has sent something since, that is a reset.
   * Undertow now and then never answers a close that crosses a message of its own: cut after 10 s.
   */
  static final int LOST = 1006;

  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private Subject subject;

  @BeforeEach
  void ask(Subject running) {
    subject = running;
  }

  @AfterEach
  void everythingIsReleased() throws Exception {
    while (!kept.isEmpty()) {
      kept.pop().close();
    }
    awaitNothingHeld();
  }

  final Subject subject() {
    return subject;
  }

  final Gateway gateway() {
    return subject.gateway();
  }

  /** Closes {@code resource} after the test, last kept first. */
  final <T extends AutoCloseable> T keep(T resource) {
    kept.push(resource);
    return resource;
  }

  /** Opens a tunnel to {@code target}; closed after the test. */
  final WsClient open(TcpTarget target) throws IOException {
    return open(target.port());
  }

  /** Opens a tunnel to a port of 127.0.0.1; closed after the test. */
  final WsClient open(int port) throws IOException {
    return keep(WsHandshake.to(gateway().tunnel(port)).connect());
  }

  /** Opens a tunnel whose client's kernel hides little: what it does not read stays visible. */
  final WsClient openTight(TcpTarget target) throws IOException {
    WsHandshake handshake = WsHandshake.to(gateway().tunnel(target.port()));
    return keep(handshake.receiveBuffer(64 * KIB).sendBuffer(64 * KIB).connect());
  }

  /** Waits until no tunnel, no byte, no blocked thread and no permit is left. */
  final void awaitNothingHeld() {
    gateway().awaitNothingHeld();
  }

  /** How many tunnels ended with {@code outcome} so far. */
  final double ends(String outcome) throws IOException {
    return gateway().metrics().sum("sluice_ends_total", "outcome", outcome);
  }

  /** Whether the tunnels take the fast lane. */
  final boolean fast() {
    return subject.lane() == Lane.FAST;
  }

  /**
   * Asserts on a close code.
   *
   * @param code exactly what our own codec must send
   * @param engines what the servers' engines may make of it, so on the standard lane alone
   */
  final void assertEnd(Close end, Integer code, Integer... engines) {
    List<Integer> accepted = new ArrayList<>(List.of(code));
    if (!fast()) {
      accepted.addAll(List.of(engines));
    }
    assertThat(end.code()).as(end.toString()).isIn(accepted);
  }
}
