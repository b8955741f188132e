package dev.sluice.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP server on loopback that does what a test tells it with each connection. */
public final class ScriptedTarget implements AutoCloseable {

  /** What to do with one connection, which is closed afterwards. */
  @FunctionalInterface
  public interface Script {
    void run(Socket connection) throws IOException, InterruptedException;
  }

  private final ServerSocket listening;
  private final Script script;
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  private ScriptedTarget(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
  }

  /** Serves on a free port. */
  public static ScriptedTarget serving(Script script) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ScriptedTarget target = new ScriptedTarget(listening, script);
    target.start(target::acceptAll);
    return target;
  }

  /** Closes the connection so that the other side sees a reset. */
  public static void reset(Socket connection) throws IOException {
    connection.setSoLinger(true, 0);
    connection.close();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  /** How many connections have come. */
  public int accepted() {
    return accepted.get();
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        accepted.incrementAndGet();
        start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      script.run(connection);
    } catch (IOException clientLeft) {
      // the script's other side has seen enough
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-target");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.forEach(Thread::interrupt);
  }
}
