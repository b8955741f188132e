package dev.sluice.testkit;

import java.io.IOException;
import java.net.URI;

/** A serving gateway, wherever it runs. */
public interface Gateway {

  /** Where it serves: {@code http(s)://host:port/sluice}, no slash at the end. */
  URI base();

  /** Replaces the configuration file at one stroke, as a careful operator would. */
  void rewriteConfig(String yaml) throws IOException;

  /** What the server wrote so far, for the report of a failed test. */
  String log();

  /** The address of {@code path} (from "/" on, query and all) over HTTP. */
  default URI http(String path) {
    return URI.create(base() + path);
  }

  /** The address of {@code path} (from "/" on, query and all) over WebSocket. */
  default URI ws(String path) {
    return URI.create(base().toString().replaceFirst("^http", "ws") + path);
  }

  /** The address of a tunnel to a port of the test's own host. */
  default URI tunnel(int port) {
    return ws("/tunnel?host=127.0.0.1&port=" + port);
  }

  /** Reads {@code /metrics}. */
  default Metrics metrics() throws IOException {
    HttpReply reply = Http.get(http("/metrics"));
    if (reply.status() != 200) {
      throw new IOException("metrics: " + reply);
    }
    return Metrics.parse(reply.body());
  }

  /** The sum of a metric over its labels, as {@link Metrics#sum(String)}. */
  default double metric(String name) throws IOException {
    return metrics().sum(name);
  }

  /** Waits until no tunnel, no byte, no blocked thread and no permit is left. */
  default void awaitNothingHeld() {
    Await.until(
        "no tunnel, no buffered byte, no blocked thread, no permit",
        () -> {
          Metrics metrics = metrics();
          double held =
              metrics.sum("sluice_tunnels_open")
                  + metrics.sum("sluice_buffered_bytes")
                  + metrics.sum("sluice_blocked_threads")
                  + metrics.sum("sluice_limit_in_use");
          if (held != 0) {
            throw new IOException("held: " + metrics.samples());
          }
          return true;
        });
  }
}
