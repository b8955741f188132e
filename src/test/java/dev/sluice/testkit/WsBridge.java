package dev.sluice.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens on a free port of 127.0.0.1 and carries each connection over a WebSocket of its own, for
 * programs that know only TCP. A tunnel that fails resets its connection.
 */
public final class WsBridge implements AutoCloseable {

  private final ServerSocket listener;
  private final URI uri;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger carried = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /** Starts to listen; every connection opens {@code uri}. */
  public WsBridge(URI uri) throws IOException {
    this.uri = uri;
    listener = Ports.listen(128);
    start("bridge-accept", this::accept);
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections got a tunnel. */
  public int carried() {
    return carried.get();
  }

  /** What went wrong so far: handshakes refused, tunnels that did not end with 1000. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        start("bridge-" + socket.getPort(), () -> carry(socket));
      } catch (IOException closedOrOutOfDescriptors) {
        if (!listener.isClosed()) {
          failures.add(closedOrOutOfDescriptors.toString());
        }
      }
    }
  }

  private void carry(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      WsPump pump = WsPump.open(client, uri, socket.getOutputStream());
      carried.incrementAndGet();
      CompletableFuture<WsPump.End> ended =
          pump.ended().whenComplete((end, never) -> shut(socket, end));
      pump.sendAll(socket.getInputStream());
      WsPump.End end = ended.join();
      if (!end.clean()) {
        failures.add(end.toString());
      }
    } catch (IOException | CompletionException failed) {
      failures.add(failed.toString());
    } finally {
      open.remove(socket);
    }
  }

  /** A clean end lets the program read the rest; any other resets, which also ends our reading. */
  private static void shut(Socket socket, WsPump.End end) {
    try {
      if (end.clean()) {
        socket.shutdownOutput();
      } else {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException alreadyClosed) {
      // nothing left to end
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops listening and drops what is open. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
