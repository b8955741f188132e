package dev.sluice.launcher.tls;

import dev.sluice.config.FileWatcher;
import dev.sluice.config.Problem;
import dev.sluice.config.TlsSettings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.jspecify.annotations.Nullable;

/**
 * The embedded server's TLS, from start to stop: serves new connections with what the files hold
 * now. Open connections go on with what they began with; files that are wrong change nothing.
 */
public final class ServerTls implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ServerTls.class.getName());

  /** From the accepted connection to the end of its TLS handshake. */
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  /**
   * Of TLS 1.2. Grizzly would wait for each on a worker; no client that matters starts one. Read by
   * the JDK when its first engine is made.
   */
  private static final String REJECT_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  private final TlsEngines engines;
  private final ScheduledThreadPoolExecutor timer;
  private @Nullable FileWatcher<KeyMaterialReading> watcher;
  private volatile List<Problem> problems = List.of();

  private ServerTls(KeyMaterial material, ThreadFactory threads) {
    engines = new TlsEngines(material.context());
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** All that is wrong with the files now, each with what to do; empty when they can be served. */
  public static List<Problem> problems(TlsSettings settings) {
    return KeyMaterialReading.of(settings).problems();
  }

  /** What makes clients turn away although the files can be served. */
  public static Optional<String> warning(TlsSettings settings) {
    return KeyMaterialReading.of(settings).material().flatMap(m -> m.warning(Instant.now()));
  }

  /**
   * Reads the files and watches them from now on.
   *
   * @param threads makes two: one watches, one closes connections whose handshake is late
   * @throws IOException if the files cannot be served
   */
  public static ServerTls start(TlsSettings settings, ThreadFactory threads) throws IOException {
    if (System.getProperty(REJECT_RENEGOTIATION) == null) {
      System.setProperty(REJECT_RENEGOTIATION, "true");
    }
    KeyMaterialReading first = KeyMaterialReading.of(settings);
    if (first.material().isEmpty()) {
      throw new IOException(
          first.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    first.material().get().warning(Instant.now()).ifPresent(w -> LOG.log(Level.WARNING, w));
    ServerTls tls = new ServerTls(first.material().get(), threads);
    tls.watch(settings, first, threads);
    return tls;
  }

  private void watch(TlsSettings settings, KeyMaterialReading first, ThreadFactory threads) {
    Files files = new Files(settings);
    try {
      watcher = FileWatcher.start(settings.files(), FileWatcher.QUIET, threads, first, files);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "A renewed TLS certificate needs a restart: it cannot be watched", e);
    }
  }

  /**
   * Has {@code listener}, which is not started yet, speak TLS only. Whatever its chain holds above
   * the TLS filter sees plain bytes.
   */
  public void secure(NetworkListener listener) {
    // TlsFilter wraps and writes under one lock; a write that fails there at once would close the
    // connection within it, and so take Tyrus's lock in the wrong order: the selector writes
    // instead
    listener.getTransport().setOptimizedForMultiplexing(true);
    listener.setSecure(true);
    listener.setSSLEngineConfig(engines);
    listener.registerAddOn((network, chain) -> addFilters(chain));
  }

  private void addFilters(FilterChainBuilder chain) {
    chain.set(
        chain.indexOfType(SSLBaseFilter.class), new TlsFilter(engines, timer, HANDSHAKE_LIMIT));
    chain.add(chain.indexOfType(HttpServerFilter.class) + 1, new StrictTransportSecurity());
  }

  /**
   * The beginning of a record, read from a connection whose reads are disabled: once, for whoever
   * takes the connection over. Empty where there is none, or no TLS.
   */
  public static ByteBuffer takeUnread(Connection<?> connection) {
    return TlsFilter.takeUnread(connection);
  }

  /** Why the node should be looked at, in words that may be shown to anyone; usually empty. */
  public List<String> reasonsAgainst() {
    return problems.isEmpty()
        ? List.of()
        : List.of("the TLS certificate's files are not valid; the certificate before is served");
  }

  @Override
  public void close() {
    if (watcher != null) {
      watcher.close();
    }
    timer.shutdownNow();
  }

  private final class Files implements FileWatcher.Content<KeyMaterialReading> {

    private final TlsSettings settings;

    Files(TlsSettings settings) {
      this.settings = settings;
    }

    @Override
    public KeyMaterialReading read() {
      return KeyMaterialReading.of(settings);
    }

    @Override
    public boolean same(KeyMaterialReading before, KeyMaterialReading after) {
      return before.equals(after);
    }

    @Override
    public void changed(KeyMaterialReading reading) {
      if (reading.material().isEmpty()) {
        problems = reading.problems();
        problems.forEach(problem -> LOG.log(Level.ERROR, problem.toString()));
        LOG.log(Level.ERROR, "The changed TLS certificate is not valid; the one before is served");
        return;
      }
      KeyMaterial material = reading.material().get();
      engines.use(material.context());
      problems = List.of();
      LOG.log(Level.INFO, "New connections are served the TLS certificate with {0}", material);
      material.warning(Instant.now()).ifPresent(w -> LOG.log(Level.WARNING, w));
    }
  }
}
