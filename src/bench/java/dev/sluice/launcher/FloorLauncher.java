package dev.sluice.launcher;

import dev.sluice.bench.floor.CountingEndpoint;
import dev.sluice.bench.floor.ReadyServlet;
import dev.sluice.tunnel.NodeSettings;
import java.util.List;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;

/**
 * The embedded server with the benchmark's counting endpoint in Sluice's place: the same transport,
 * workers and Tyrus, without a decision before it and a guard in between.
 */
public final class FloorLauncher {

  private FloorLauncher() {}

  /** Serves on the port behind {@code --port} until the process is ended. */
  public static void main(String... args) throws Exception {
    int port = Integer.parseInt(args[List.of(args).indexOf("--port") + 1]);
    WebSocketContainer webSockets =
        new WebSocketContainer(EmbeddedServer.CONTEXT_PATH, List.of(CountingEndpoint.class));
    webSockets.start(EmbeddedServer.CONTEXT_PATH, port);
    NetworkListener listener = new NetworkListener("floor", "127.0.0.1", port);
    listener.setTransport(EmbeddedServer.transport(NodeSettings.defaults().blockedThreads()));
    listener.registerAddOn((network, chain) -> addBeforeServlets(chain, webSockets));
    HttpServer server = new HttpServer();
    server.addListener(listener);
    WebappContext context = new WebappContext("floor", EmbeddedServer.CONTEXT_PATH);
    context.addServlet("ready", new ReadyServlet()).addMapping("/health/ready");
    context.deploy(server);
    server.start();
    Thread.currentThread().join();
  }

  private static void addBeforeServlets(FilterChainBuilder chain, WebSocketContainer webSockets) {
    chain.add(
        chain.indexOfType(HttpServerFilter.class),
        new GrizzlyServerFilter(webSockets, EmbeddedServer.CONTEXT_PATH));
  }
}
