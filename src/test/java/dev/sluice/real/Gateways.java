package dev.sluice.real;

import dev.sluice.testkit.GatewayServer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.opentest4j.TestAbortedException;

/**
 * One gateway at each place for all classes of this package, started when it is first asked for.
 */
final class Gateways {

  private static final String ALLOW_LOOPBACK =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: %s}
      limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0, targets-per-minute: 0}
      """;

  private static final Map<Place, FutureTask<GatewayServer>> STARTS = new EnumMap<>(Place.class);

  private Gateways() {}

  /**
   * The gateway at {@code place}; it ends with the JVM of the tests. A failed start stays failed.
   */
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
