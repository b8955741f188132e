package dev.sluice.launcher;

import dev.sluice.config.ListenSettings;
import dev.sluice.http.GatewayFilter;
import dev.sluice.launcher.tls.ServerTls;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.NodeSettings;
import dev.sluice.websocket.TunnelEndpoint;
import jakarta.enterprise.inject.Instance;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.annotation.WebServlet;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.servlet.ServletRegistration;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;

/** Tyrus on Grizzly: WebSocket, servlets and files on one port of exactly one address. */
final class EmbeddedServer {

  static final String CONTEXT_PATH = "/sluice";

  /** Workers beyond those that may block: what HTTP and all other tunnels run on. */
  private static final int SPARE_WORKERS = 32;

  /** From the accepted connection, or the first byte of its next request, to that one's end. */
  private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(10);

  private final HttpServer server = new HttpServer();
  private final ArrivalDeadlines deadlines =
      new ArrivalDeadlines(ARRIVAL_LIMIT, EmbeddedServer::deadlineThread);
  private final NetworkListener listener;
  private final WebSocketContainer webSockets;

  /** A server that is not started yet; with {@code tls} it speaks nothing else. */
  EmbeddedServer(
      ListenSettings listen,
      Optional<ServerTls> tls,
      Lane lane,
      Instance<Object> beans,
      Path webRoot)
      throws DeploymentException, IOException {
    NodeSettings node = beans.select(NodeSettings.class).get();
    webSockets =
        new WebSocketContainer(
            CONTEXT_PATH,
            List.of(
                TunnelEndpoint.ToHostAndPort.class,
                TunnelEndpoint.ToNamedTarget.class,
                TunnelEndpoint.Connect.class));
    webSockets.start(CONTEXT_PATH, listen.port());
    HandshakeFilter handshakes =
        new HandshakeFilter(webSockets, CONTEXT_PATH, beans, lane, deadlines);
    listener = new NetworkListener("sluice", listen.host(), listen.port());
    listener.setTransport(transport(node.blockedThreads()));
    tls.ifPresent(server -> server.secure(listener));
    listener.registerAddOn(
        (network, chain) -> {
          deadlines.watch(chain);
          addBeforeServlets(chain, handshakes);
        });
    server.addListener(listener);
    server
        .getServerConfiguration()
        .getMonitoringConfig()
        .getHttpConfig()
        .addProbes(new HeadersOnEveryAnswer());
    server
        .getServerConfiguration()
        .setDefaultErrorPageGenerator(
            (request, status, reason, description, exception) ->
                "<!doctype html><title>%1$d</title><p>%1$d %2$s".formatted(status, reason));
    deployServlets(beans, webRoot);
  }

  private static Thread deadlineThread(Runnable task) {
    Thread thread = new Thread(task, "sluice-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  private static void addBeforeServlets(FilterChainBuilder chain, HandshakeFilter handshakes) {
    chain.add(chain.indexOfType(HttpServerFilter.class), handshakes);
  }

  /**
   * What everything is served on.
   *
   * @param blocked how many of its workers may wait for slow targets
   */
  static TCPNIOTransport transport(int blocked) {
    TCPNIOTransport transport =
        TCPNIOTransportBuilder.newInstance()
            .setName("sluice")
            .setIOStrategy(WorkerThreadIOStrategy.getInstance())
            .setTcpNoDelay(true)
            .build();
    LastingThreads.serve(transport, blocked + SPARE_WORKERS);
    transport.setServerConnectionBackLog(4096);
    return transport;
  }

  private void deployServlets(Instance<Object> beans, Path webRoot) {
    WebappContext context = new WebappContext("sluice", CONTEXT_PATH);
    context
        .addFilter("gateway", beans.select(GatewayFilter.class).get())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    for (Servlet servlet : beans.select(Servlet.class)) {
      WebServlet address = servlet.getClass().getAnnotation(WebServlet.class);
      if (address != null) {
        ServletRegistration registration =
            context.addServlet(servlet.getClass().getSimpleName(), servlet);
        registration.addMapping(address.urlPatterns());
        registration.setAsyncSupported(address.asyncSupported());
      }
    }
    context.addServlet("files", new StaticFiles(webRoot)).addMapping("/");
    context.deploy(server);
  }

  void start() throws IOException {
    server.start();
  }

  /** The port that is listened on: the configured one, or what the system chose for zero. */
  int port() {
    return listener.getPort();
  }

  void stop() {
    webSockets.stop();
    server.shutdownNow();
    deadlines.close();
  }
}
