package dev.sluice.real;

import dev.sluice.testkit.GatewayServer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * One gateway at each place for the class that this extends and those nested in it, started when it
 * is first asked for. They end with the class: six servers take the memory of what comes after.
 */
final class Gateways implements BeforeAllCallback, AfterAllCallback {

  private static final String ALLOW_LOOPBACK =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: %s}
      limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0, targets-per-minute: 0}
      """;

  private static final Map<Place, FutureTask<GatewayServer>> STARTS = new EnumMap<>(Place.class);

  private static int depth;

  @Override
  public void beforeAll(ExtensionContext context) {
    depth++;
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    if (--depth > 0) {
      return;
    }
    for (FutureTask<GatewayServer> start : STARTS.values()) {
      try {
        start.get().close();
      } catch (ExecutionException neverStarted) {
        // the test that asked for it has said so
      }
    }
    STARTS.clear();
  }

  /** The gateway at {@code place}. A failed start stays failed as long as the class. */
  static GatewayServer of(Place place) throws Exception {
    FutureTask<GatewayServer> start;
    synchronized (STARTS) {
      start = STARTS.computeIfAbsent(place, p -> new FutureTask<>(() -> start(p)));
    }
    start.run();
    try {
      return start.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TestAbortedException skipped) {
        throw skipped;
      }
      throw failed;
    }
  }

  private static GatewayServer start(Place place) {
    String config = ALLOW_LOOPBACK.formatted(place.lane().word());
    return GatewayServer.start(place.server(), config);
  }
}
