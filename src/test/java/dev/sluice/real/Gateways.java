package dev.sluice.real;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.ServerKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.opentest4j.TestAbortedException;

/** One gateway of each kind for all classes of this package, started when it is first asked for. */
final class Gateways {

  private static final String ALLOW_LOOPBACK =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      """;

  private static final Map<ServerKind, FutureTask<GatewayServer>> STARTS =
      new EnumMap<>(ServerKind.class);

  private Gateways() {}

  /**
   * The gateway of {@code kind}; it ends with the JVM of the tests. A failed start stays failed.
   */
  static GatewayServer of(ServerKind kind) throws Exception {
    FutureTask<GatewayServer> start;
    synchronized (STARTS) {
      start =
          STARTS.computeIfAbsent(
              kind, k -> new FutureTask<>(() -> GatewayServer.start(k, ALLOW_LOOPBACK)));
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
}
