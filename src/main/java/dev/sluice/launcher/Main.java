package dev.sluice.launcher;

import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.config.Gateway;
import dev.sluice.config.ListenSettings;
import dev.sluice.config.Problem;
import dev.sluice.config.Version;
import dev.sluice.frames.servlet.ServletLane;
import dev.sluice.http.GatewayFilter;
import dev.sluice.launcher.tls.ServerTls;
import dev.sluice.metrics.Metrics;
import dev.sluice.tunnel.TunnelScopeExtension;
import dev.sluice.tunnel.TunnelService;
import dev.sluice.websocket.BlockedThreads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code java -jar sluice.war}. */
@Command(
    name = "java -jar sluice.war",
    description = "Carries TCP over WebSocket: serves the gateway on an embedded server.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.VersionText.class,
    subcommands = {HashPassword.class, VerifyAudit.class, Explain.class},
    sortOptions = false)
public final class Main implements Callable<Integer> {

  /** The configuration is wrong, or the command line. */
  private static final int WRONG = 2;

  /** Whether {@code tunnel.lane: auto} takes the fast lane on the embedded server. */
  private static final boolean FAST_IS_PROVEN = true;

  private static final String DEMO = "demo configuration";

  @Option(names = "--config", paramLabel = "FILE", description = "the YAML configuration file")
  private @Nullable Path config;

  @Option(names = "--host", paramLabel = "ADDRESS", description = "listen on it (127.0.0.1)")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "listen on it (8080)")
  private @Nullable String port;

  @Option(
      names = "--check",
      description = "validate and print the effective configuration, then exit 0 or 2")
  private boolean check;

  @Option(
      names = "--demo",
      description = "start an echo, a source and a line target on loopback and allow only them")
  private boolean demo;

  private final Path webRoot;
  private final Runnable cleanup;

  private Main(Path webRoot, Runnable cleanup) {
    this.webRoot = webRoot;
    this.cleanup = cleanup;
  }

  /** For {@code --version}. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Sluice " + Version.current()};
    }
  }

  /**
   * Runs the command line. Returns when the server has started; ends the process on anything else.
   *
   * @param webRoot the files to serve
   * @param cleanup called when the process ends
   */
  public static void run(Path webRoot, Runnable cleanup, String[] args) {
    Logging.configure();
    int exit = new CommandLine(new Main(webRoot, cleanup)).execute(args);
    if (exit >= 0) {
      cleanup.run();
      System.exit(exit);
    }
  }

  /** Negative: the server runs. */
  private static final int SERVING = -1;

  @Override
  public Integer call() throws Exception {
    if (demo && !List.of("127.0.0.1", "::1", "localhost").contains(demoHost())) {
      System.err.println("--demo allows anybody: it listens on loopback only, so drop --host");
      return WRONG;
    }
    DemoTargets targets = demo ? DemoTargets.start() : null;
    ConfigLoader loader = loader(targets);
    try {
      return check ? printEffective(loader) : serve(loader);
    } catch (ConfigurationException e) {
      System.err.println(e.getMessage());
      return WRONG;
    }
  }

  private ConfigLoader loader(@Nullable DemoTargets targets) {
    Map<String, String> options = new HashMap<>();
    if (config != null) {
      options.put("sluice.config", config.toString());
    }
    if (host != null) {
      options.put("sluice.listen.host", host);
    }
    if (port != null) {
      options.put("sluice.listen.port", port);
    }
    if (targets == null) {
      return ConfigLoader.ofProcess().withProperties(options);
    }
    options.put("sluice.config", DEMO);
    options.put("sluice.listen.host", demoHost());
    for (String key : List.of("certificate", "key", "keystore", "password", "password-file")) {
      options.put("sluice.listen.tls." + key, ""); // plain, whatever the environment says
    }
    byte[] yaml = targets.configuration().getBytes(StandardCharsets.UTF_8);
    return ConfigLoader.ofProcess()
        .withProperties(options)
        .withFiles(file -> new ByteArrayInputStream(yaml));
  }

  private String demoHost() {
    return host == null ? "127.0.0.1" : host;
  }

  private static int printEffective(ConfigLoader loader) throws ConfigurationException {
    Configuration configuration = loader.load(Main::tlsProblems);
    configuration.listen().tls().flatMap(ServerTls::warning).ifPresent(System.err::println);
    System.out.print(configuration.effective().toYaml());
    return 0;
  }

  private static List<Problem> tlsProblems(Configuration configuration) {
    return configuration.listen().tls().map(ServerTls::problems).orElse(List.of());
  }

  private int serve(ConfigLoader loader) throws Exception {
    loader.load(Main::tlsProblems); // before anything is started: the node itself knows of no TLS
    WeldContainer beans = container();
    Gateway gateway = beans.select(Gateway.class).get();
    ThreadFactory threads = Executors.defaultThreadFactory();
    Configuration configuration = gateway.start(loader, threads, FAST_IS_PROVEN);
    ListenSettings listen = configuration.listen();
    Optional<ServerTls> tls = startTls(listen, gateway, threads);
    EmbeddedServer server;
    try {
      server = new EmbeddedServer(listen, tls, gateway.currentLane(), beans, webRoot);
      Duration drainTime = configuration.node().drainTime();
      serve(server, shutdownOf(gateway, server, beans, drainTime));
    } catch (BindException e) {
      System.err.printf(
          "cannot listen on %s:%d: %s%n", listen.host(), listen.port(), e.getMessage());
      tls.ifPresent(ServerTls::close);
      gateway.stop(0);
      beans.shutdown();
      return 1;
    }
    System.out.printf(
        "Sluice %s ready at %s://%s:%d%s/%n",
        Version.current(),
        tls.isPresent() ? "https" : "http",
        urlHost(listen.host()),
        server.port(),
        EmbeddedServer.CONTEXT_PATH);
    return SERVING;
  }

  private static Optional<ServerTls> startTls(
      ListenSettings listen, Gateway gateway, ThreadFactory threads) throws IOException {
    if (listen.tls().isEmpty()) {
      return Optional.empty();
    }
    ServerTls tls = ServerTls.start(listen.tls().get(), threads);
    gateway.isReadyOnlyIf(tls::reasonsAgainst);
    return Optional.of(tls);
  }

  private static String urlHost(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  /** Bean classes by package: an archive of our own making needs no scan of the class path. */
  private static WeldContainer container() {
    return new Weld()
        .skipShutdownHook()
        .disableDiscovery()
        .addExtension(new TunnelScopeExtension())
        .setBeanDiscoveryMode(BeanDiscoveryMode.ANNOTATED)
        .addPackages(
            Gateway.class,
            TunnelService.class,
            BlockedThreads.class,
            GatewayFilter.class,
            ServletLane.class,
            Metrics.class)
        .initialize();
  }

  /**
   * From the first connection on a SIGTERM drains; without a listener there is nothing to drain.
   */
  private static void serve(EmbeddedServer server, Thread shutdown) throws IOException {
    Runtime.getRuntime().addShutdownHook(shutdown);
    ExitStatus.zeroOnSignals();
    try {
      server.start();
    } catch (IOException e) {
      Runtime.getRuntime().removeShutdownHook(shutdown);
      throw e;
    }
  }

  /** SIGTERM and Ctrl-C: drain, then stop. */
  private Thread shutdownOf(
      Gateway gateway, EmbeddedServer server, WeldContainer beans, Duration drainTime) {
    return new Thread(
        () -> {
          gateway.stop(drainTime.toNanos());
          server.stop();
          beans.shutdown();
          cleanup.run();
        },
        "sluice-shutdown");
  }
}
