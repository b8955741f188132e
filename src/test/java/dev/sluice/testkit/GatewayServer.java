package dev.sluice.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One of the servers with Sluice on it, in a process of its own on 127.0.0.1. */
public final class GatewayServer implements Gateway, AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final int STOP_SECONDS = 20;
  private static final int TAIL_LINES = 60;

  /** For servers that encipher, derive keys or work for minutes: the optimising compiler pays. */
  public static final List<String> OPTIMISED = List.of("-Xmx512m");

  /** For questions of behaviour: a server that lives for a minute is not worth optimised code. */
  public static final List<String> USUAL = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final String scheme;
  private final int port;
  private final Path config;
  private final Path log;
  private final Thread reaper;

  private GatewayServer(Process process, String scheme, int port, Path config, Path log) {
    this.process = process;
    this.scheme = scheme;
    this.port = port;
    this.config = config;
    this.log = log;
    this.reaper = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** Starts a server as most tests want it and waits until it is ready to carry tunnels. */
  public static GatewayServer start(ServerKind kind, String yaml) {
    return start(kind, yaml, USUAL);
  }

  /**
   * Starts a server and waits until it is ready to carry tunnels.
   *
   * @param yaml Sluice's configuration
   * @param jvmOptions for the server's JVM, such as its heap
   */
  public static GatewayServer start(ServerKind kind, String yaml, List<String> jvmOptions) {
    return start(kind, "http", yaml, jvmOptions);
  }

  /**
   * Starts the embedded server with TLS and waits until it is ready to carry tunnels.
   *
   * @param pem has {@code cert.pem} and {@code key.pem}
   */
  public static GatewayServer startSecure(Path pem, String yaml, List<String> jvmOptions) {
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Dsluice.listen.tls.certificate=" + pem.resolve("cert.pem"));
    options.add("-Dsluice.listen.tls.key=" + pem.resolve("key.pem"));
    return start(ServerKind.EMBEDDED, "https", yaml, options);
  }

  /** Starts an app server with TLS of its own and waits until it is ready to carry tunnels. */
  public static GatewayServer startWithOwnTls(ServerKind kind, String yaml) {
    return start(kind, "https", yaml, OPTIMISED);
  }

  /** Starts a server, whose command may be another than the usual one, and waits for it. */
  public static GatewayServer start(
      ServerKind kind, String yaml, List<String> jvmOptions, UnaryOperator<List<String>> change) {
    return start(kind, Parts.war(), "http", yaml, jvmOptions, change);
  }

  /**
   * Starts a server with another application in Sluice's place and waits until it answers 200 at
   * {@code /sluice/health/ready}, as Sluice does.
   */
  public static GatewayServer start(
      ServerKind kind, Path war, List<String> jvmOptions, UnaryOperator<List<String>> change) {
    return start(kind, war, "http", "", jvmOptions, change);
  }

  private static GatewayServer start(
      ServerKind kind, String scheme, String yaml, List<String> jvmOptions) {
    return start(kind, Parts.war(), scheme, yaml, jvmOptions, UnaryOperator.identity());
  }

  private static GatewayServer start(
      ServerKind kind,
      Path war,
      String scheme,
      String yaml,
      List<String> jvmOptions,
      UnaryOperator<List<String>> change) {
    kind.requireParts();
    try {
      String prefix = kind.name().toLowerCase(Locale.ROOT) + "-";
      Path directory = Parts.newDirectory(prefix);
      Path config = Files.writeString(directory.resolve("sluice.yaml"), yaml);
      int port = Ports.free();
      ServerKind.Launch launch =
          new ServerKind.Launch(directory, war, config, port, scheme.equals("https"), jvmOptions);
      // not beside the configuration, whose directory is watched: a line would wake who watches
      Path log = Files.createDirectory(directory.resolve("log")).resolve("server.log");
      Process process =
          new ProcessBuilder(change.apply(kind.command(launch)))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      GatewayServer server = new GatewayServer(process, scheme, port, config, log);
      server.awaitReady(kind);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says a line to a server that listens to its standard input. */
  public void say(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  private void awaitReady(ServerKind kind) {
    long deadline = System.nanoTime() + START.toNanos();
    try {
      while (!ready()) {
        if (!process.isAlive()) {
          throw new AssertionError("the server exited with " + process.exitValue() + tail());
        }
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("the server never became ready" + tail());
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
      kind.requireSettings(log());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new AssertionError("interrupted", e);
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  private boolean ready() {
    try {
      return Http.get(http("/health/ready")).status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public URI base() {
    return URI.create(scheme + "://127.0.0.1:" + port + "/sluice");
  }

  /** The port it serves on. */
  public int port() {
    return port;
  }

  /** The process that serves: the JVM itself. */
  public long pid() {
    return process.pid();
  }

  /** Its configuration file; the server's own directory is the one around it. */
  public Path config() {
    return config;
  }

  @Override
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void rewriteConfig(String yaml) throws IOException {
    Path next = Files.writeString(config.resolveSibling("sluice.yaml.next"), yaml);
    Files.move(next, config, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Asks it to stop: SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for the process to end; its exit status. */
  public int awaitExit() {
    Await.until("the server exits", () -> !process.isAlive());
    return process.exitValue();
  }

  private String tail() {
    List<String> lines = new ArrayList<>(log().lines().toList());
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return ":\n" + String.join("\n", lines.subList(from, lines.size()));
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      children.forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().removeShutdownHook(reaper);
    }
    deleteUnpacked();
  }

  /** Leaves log and configuration for whoever looks into a failure, not 100 MB of server. */
  private void deleteUnpacked() {
    Path directory = config.getParent();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        boolean ours = path.equals(config) || log.startsWith(path);
        if (!ours) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
