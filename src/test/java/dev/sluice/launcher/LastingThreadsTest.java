package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.TransportProbe;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.DefaultSelectorHandler;
import org.glassfish.grizzly.nio.SelectorRunner;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastingThreadsTest {

  private static final int ANSWER_MILLIS = 5_000;

  /** More than there are threads of either kind. */
  private static final int FAILURES = 50;

  private final TCPNIOTransport transport = EmbeddedServer.transport(0);

  /** What there is no memory for. */
  enum Where {
    WAITING,
    THE_KEYS_THAT_ARE_READY,

    /** Nor for telling, so that the error leaves the selector. */
    TELLING
  }

  private final AtomicInteger workersToFail = new AtomicInteger();
  private final AtomicInteger selectorsToFail = new AtomicInteger();
  private final Logger grizzly = Logger.getLogger("org.glassfish.grizzly");
  private final Logger own = Logger.getLogger(LastingThreads.class.getName());
  private final Handler noMemory = new NoMemory();
  private volatile Where failing = Where.WAITING;
  private int port;

  @BeforeEach
  void start() throws IOException {
    grizzly.addHandler(noMemory); // their last line is what ends the threads
    grizzly.setUseParentHandlers(false);
    own.setUseParentHandlers(false);
    transport.setProcessor(
        FilterChainBuilder.stateless().add(new TransportFilter()).add(new Echo()).build());
    transport.setSelectorHandler(new Failing());
    transport.getMonitoringConfig().addProbes(new Telling());
    transport.start();
    port =
        ((InetSocketAddress)
                transport
                    .bind(InetAddress.getLoopbackAddress().getHostAddress(), 0, 10)
                    .getLocalAddress())
            .getPort();
  }

  @AfterEach
  void stop() throws IOException {
    grizzly.removeHandler(noMemory);
    transport.shutdownNow();
    grizzly.setUseParentHandlers(true);
    own.setUseParentHandlers(true);
  }

  @ParameterizedTest
  @EnumSource
  void selectorsWithoutMemoryServeOnceThereIsSome(Where where) throws IOException {
    failing = where;
    try (Socket early = connect()) {
      assertThat(echo(early)).isEqualTo(1);
      selectorsToFail.set(FAILURES);
      while (selectorsToFail.get() > 0) {
        connect().close(); // wakes them up
      }
      assertThat(echo(early)).isEqualTo(1);
    }
    for (int i = 0; i < 20; i++) {
      try (Socket late = connect()) {
        assertThat(echo(late)).isEqualTo(1);
      }
    }
  }

  @Test
  void workersWithoutMemoryServeOnceThereIsSome() throws IOException {
    workersToFail.set(FAILURES);
    while (workersToFail.get() > 0) {
      try (Socket socket = connect()) {
        socket.setSoTimeout(1);
        socket.getOutputStream().write(1);
      }
    }
    try (Socket late = connect()) {
      assertThat(echo(late)).isEqualTo(1);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
    socket.setSoTimeout(ANSWER_MILLIS);
    return socket;
  }

  private static int echo(Socket socket) throws IOException {
    socket.getOutputStream().write(1);
    return socket.getInputStream().read();
  }

  private static void fail(AtomicInteger left) {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw new Error("no memory, for this test");
    }
  }

  private final class Echo extends BaseFilter {
    @Override
    public NextAction handleRead(FilterChainContext ctx) {
      fail(workersToFail);
      ctx.write(ctx.<Buffer>getMessage());
      return ctx.getStopAction();
    }
  }

  private final class Failing extends DefaultSelectorHandler {
    @Override
    public Set<SelectionKey> select(SelectorRunner runner) throws IOException {
      Set<SelectionKey> selected = super.select(runner);
      if (failing == Where.THE_KEYS_THAT_ARE_READY) {
        return selectorsToFail.get() == 0 ? selected : new Unreadable(selected);
      }
      fail(selectorsToFail);
      return selected;
    }
  }

  private final class Unreadable extends AbstractSet<SelectionKey> {
    private final Set<SelectionKey> keys;

    Unreadable(Set<SelectionKey> keys) {
      this.keys = keys;
    }

    @Override
    public Iterator<SelectionKey> iterator() {
      fail(selectorsToFail);
      return keys.iterator();
    }

    @Override
    public int size() {
      return keys.size();
    }

    @Override
    public void clear() {
      keys.clear();
    }
  }

  private final class Telling extends TransportProbe.Adapter {
    @Override
    public void onErrorEvent(Transport from, Throwable error) {
      if (failing == Where.TELLING) {
        throw new Error("no memory to tell, for this test");
      }
    }
  }

  private static final class NoMemory extends Handler {
    @Override
    public void publish(LogRecord line) {
      throw new Error("no memory for a line, for this test");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
