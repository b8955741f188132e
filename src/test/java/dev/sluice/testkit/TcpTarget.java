package dev.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP server of the test's own on 127.0.0.1 that plays one script to every connection. */
public final class TcpTarget implements AutoCloseable {

  /** What happens on a connection, on a thread of its own; the connection is closed after it. */
  @FunctionalInterface
  public interface Script {
    void play(TargetConnection connection) throws Exception;
  }

  private static final int BACKLOG = 1024;

  private final ServerSocket listener;
  private final Script script;
  private final List<TargetConnection> connections = new CopyOnWriteArrayList<>();

  private TcpTarget(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  /** Listens and plays {@code script} to whoever connects. */
  public static TcpTarget serving(Script script) {
    return serving(script, 0);
  }

  /**
   * Listens and plays {@code script} to whoever connects.
   *
   * @param receiveBuffer the kernel's buffer in bytes for what the script has not read; zero: its
   *     own choice
   */
  public static TcpTarget serving(Script script, int receiveBuffer) {
    try {
      ServerSocket listener = Ports.listen(BACKLOG);
      if (receiveBuffer > 0) {
        listener.setReceiveBufferSize(receiveBuffer);
      }
      TcpTarget target = new TcpTarget(listener, script);
      Background.run("target-" + listener.getLocalPort(), target::accept);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        TargetConnection connection = new TargetConnection(socket);
        connections.add(connection);
        Background.run("target-connection", () -> play(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void play(TargetConnection connection) {
    try {
      script.play(connection);
    } catch (Exception e) {
      // the connection's own record says how it ended; the test asserts on that
    } finally {
      connection.over();
    }
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections came so far. */
  public int accepted() {
    return connections.size();
  }

  /** The first connection, waiting for it. */
  public TargetConnection connection() {
    Await.until("somebody connects to the target", () -> !connections.isEmpty());
    return connections.get(0);
  }

  /** Every connection so far, in the order they came. */
  public List<TargetConnection> connections() {
    return List.copyOf(connections);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(TargetConnection::over);
  }
}
