package dev.sluice.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The TCP target of every test, on one port of 127.0.0.1 and one thread of its own: proxies that
 * can only reach one port reach it too. What it does with a connection is set before each test.
 *
 * <p>Its counters may be read from any thread.
 */
public final class Target implements AutoCloseable {

  /** Makes what a test wants of an accepted connection. */
  @FunctionalInterface
  public interface Behaviour {
    TargetConnection accept(Target target, SocketChannel channel) throws IOException;
  }

  private static final int BACKLOG = 8192;
  private static final long TICK_MILLIS = 4;
  private static final long IDLE_MILLIS = 50;

  private final Loop loop = new Loop();
  private final ServerSocketChannel server;
  private final Thread thread;
  private final Set<TargetConnection> connections = new HashSet<>();
  private int paced;
  private volatile Behaviour behaviour = EchoConnection::new;
  private volatile boolean dropping;
  private volatile boolean stopped;
  private volatile int open;
  private volatile long sent;
  private volatile long received;
  private volatile int wrong;

  /** What ended the thread: no descriptors, mostly. */
  private volatile @Nullable Exception failure;

  private Target(ServerSocketChannel server) {
    this.server = server;
    this.thread = new Thread(this::run, "bench-target");
  }

  /** Begins to listen on {@code port} of 127.0.0.1. */
  public static Target listen(int port) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.INET);
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(Address.loopback(port), BACKLOG);
      server.configureBlocking(false);
      Target target = new Target(server);
      target.thread.setDaemon(true);
      target.thread.start();
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What to do with connections from now on, and counts from zero. Those that are open stay what
   * they are; with them the counts are none of one test.
   */
  public void behave(Behaviour next) {
    ensureAlive();
    behaviour = next;
    sent = 0;
    received = 0;
    wrong = 0;
  }

  private void run() {
    try (server;
        loop) {
      Loop.Ready accept = this::accept;
      server.register(loop.selector(), SelectionKey.OP_ACCEPT, accept);
      while (!stopped) {
        loop.poll(paced > 0 ? TICK_MILLIS : IDLE_MILLIS);
        if (paced > 0) {
          long now = System.nanoTime();
          List.copyOf(connections).forEach(c -> c.tick(now));
        }
        if (dropping) {
          new ArrayList<>(connections).forEach(TargetConnection::drop);
          dropping = false;
        }
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void ensureAlive() {
    Exception why = failure;
    if (why != null) {
      throw new IllegalStateException("the target of the load tool has ended: " + why, why);
    }
  }

  private void accept(SelectionKey key) {
    try {
      for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
        next.configureBlocking(false);
        next.setOption(StandardSocketOptions.TCP_NODELAY, true);
        TargetConnection connection = behaviour.accept(this, next);
        connections.add(connection);
        paced += connection.paced() ? 1 : 0;
        open = connections.size();
        connection.register(loop);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Loop loop() {
    return loop;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void sent(long bytes) {
    sent += bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void received(long bytes) {
    received += bytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void foundWrong() {
    wrong++;
  }

  void gone(TargetConnection connection) {
    if (connections.remove(connection)) {
      paced -= connection.paced() ? 1 : 0;
    }
    open = connections.size();
  }

  /** The port it listens on. */
  public int port() {
    return server.socket().getLocalPort();
  }

  /** Bytes handed to the kernel since {@link #behave}. */
  public long sent() {
    return sent;
  }

  /** Bytes that came since {@link #behave}. */
  public long received() {
    return received;
  }

  /** Connections whose bytes were not those of their pattern, since {@link #behave}. */
  public int wrong() {
    return wrong;
  }

  /**
   * Open connections.
   *
   * @throws IllegalStateException if the target could not go on; so does whatever else asks for
   *     them
   */
  public int open() {
    ensureAlive();
    return open;
  }

  /** The thread that does it all. */
  public Thread thread() {
    return thread;
  }

  /** Waits until all connections are closed, at most for so long, and cuts the rest; how many. */
  public int awaitClosed(double seconds) throws InterruptedException {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (open() > 0 && System.nanoTime() - until < 0) {
      Thread.sleep(2);
    }
    int left = open();
    if (left > 0) {
      dropping = true;
      loop.selector().wakeup();
      while (open() > 0) {
        Thread.sleep(2);
      }
    }
    return left;
  }

  @Override
  public void close() {
    stopped = true;
    loop.selector().wakeup();
  }
}
