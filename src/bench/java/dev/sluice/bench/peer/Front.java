package dev.sluice.bench.peer;

import dev.sluice.bench.proc.OpenFiles;
import dev.sluice.testkit.Ports;

/** HAProxy in HTTP mode before a gateway, as an operator would have it to end TLS. */
public record Front(int port, AutoCloseable running) implements AutoCloseable {

  /**
   * Starts one and waits until it listens.
   *
   * @param gatewayPort on 127.0.0.1
   * @throws org.opentest4j.TestAbortedException when HAProxy is not installed
   */
  public static Front before(int gatewayPort) {
    int port = Ports.free();
    String config =
        """
        global
          maxconn %d
        defaults
          mode http
          timeout connect 10s
          timeout client 30s
          timeout server 30s
          timeout tunnel 1h
        listen front
          bind 127.0.0.1:%d backlog 8192
          server gateway 127.0.0.1:%d
        """
            .formatted(Math.min(16_000, OpenFiles.tunnels() + 50), port, gatewayPort);
    ProxyProcess process =
        ProxyProcess.start("haproxy", config, port, "-db", "-f", ProxyProcess.CONFIG);
    return new Front(port, process);
  }

  @Override
  public void close() throws Exception {
    running.close();
  }
}
