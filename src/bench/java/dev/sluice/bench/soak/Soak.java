package dev.sluice.bench.soak;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.PulseCrowd;
import dev.sluice.bench.load.PulseCrowd.Beat;
import dev.sluice.bench.load.SlowCrowd;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.Front;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A thousand tunnels through HAProxy for some minutes or hours: interactive ones, half of which
 * come and go; bulk both ways; and slow readers of fast targets, whose gates open and shut. Every
 * byte is checked. Meanwhile the server's memory, descriptors and threads are watched.
 */
public final class Soak implements AutoCloseable {

  private static final double USUAL_MINUTES = 3;
  private static final int STAYING = 400;
  private static final int RENEWED = 400;
  private static final int BULK = 100;
  private static final int SLOW = 100;
  private static final Beat INTERACTIVE = new Beat(64, 1, 0);
  private static final Beat SHORT_LIVED = new Beat(64, 1, 20);
  private static final Beat LARGE = new Beat(32 << 10, 0.5, 0);
  private static final int SIP = 64 << 10;
  private static final long SIP_NANOS = 1_000_000_000L;
  private static final long SAMPLE_MILLIS = 4_000;
  private static final int FEWEST_SAMPLES = 9;
  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      proxies: [127.0.0.1]
      tunnel: {lane: fast, high-water: 256KiB, memory-budget: 112MiB}
      limits:
        tunnels: 0
        per-user: 0
        per-address: 0
        per-target: 0
        handshakes-per-minute: 0
        targets-per-minute: 0
      """;

  private final GatewayServer gateway;
  private final Front front;
  private final Target echo = Target.listen(Ports.free());
  private final Target flood = Target.listen(Ports.free());
  private final PulseCrowd staying;
  private final PulseCrowd renewed;
  private final PulseCrowd bulk;
  private final SlowCrowd slow;
  private final List<Sample> samples = new ArrayList<>();
  private final long beganAt = System.nanoTime();
  private volatile boolean over;
  private volatile String unwatched = "";

  private Soak(ServerKind server) {
    echo.behave(EchoConnection::new);
    flood.behave(SourceConnection.exactly(Long.MAX_VALUE));
    gateway =
        GatewayServer.start(
            server, CONFIG, List.of("-Xmx256m", "-XX:NativeMemoryTracking=summary"));
    front = Front.before(gateway.port());
    staying = new PulseCrowd(to(echo), INTERACTIVE);
    renewed = new PulseCrowd(to(echo), SHORT_LIVED);
    bulk = new PulseCrowd(to(echo), LARGE);
    slow = new SlowCrowd(to(flood));
  }

  private Address to(Target target) {
    String path = "/sluice/tunnel?host=127.0.0.1&port=" + target.port();
    return Address.webSocket(front.port(), path, "");
  }

  /**
   * Runs one as {@code soak.minutes} and {@code soak.server} say, and writes {@code soak.md} and
   * the charts.
   *
   * @return whether nothing was lost and nothing grows
   * @throws IllegalArgumentException when a setting is wrong; says which
   */
  public static boolean run(Path directory) throws Exception {
    ServerKind server = server(System.getProperty("soak.server", "").trim());
    String minutes = System.getProperty("soak.minutes", "").trim();
    return run(directory, server, minutes.isEmpty() ? USUAL_MINUTES : Double.parseDouble(minutes));
  }

  private static ServerKind server(String word) {
    try {
      return word.isEmpty()
          ? ServerKind.EMBEDDED
          : ServerKind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("soak.server: no server " + word, e);
    }
  }

  private static boolean run(Path directory, ServerKind server, double minutes) throws Exception {
    Files.createDirectories(directory);
    try (Soak soak = new Soak(server)) {
      soak.carry(minutes * 60);
      return soak.report(directory, server, minutes);
    }
  }

  private void carry(double seconds) throws Exception {
    List<PulseCrowd> echoing = List.of(staying, renewed, bulk);
    staying.open(STAYING);
    renewed.open(RENEWED);
    bulk.open(BULK);
    slow.open(SLOW);
    echoing.forEach(PulseCrowd::begin);
    Thread watch = new Thread(this::watch, "soak-watch");
    watch.start();
    long until = System.nanoTime() + (long) (seconds * 1e9);
    long sipAt = System.nanoTime();
    while (System.nanoTime() - until < 0) {
      for (PulseCrowd crowd : echoing) {
        crowd.tick();
        crowd.poll();
      }
      if (System.nanoTime() - sipAt > 0) {
        sipAt += SIP_NANOS;
        slow.take(SIP);
      }
      slow.poll();
    }
    over = true;
    watch.join();
  }

  /** Beside the load: asking a JVM for its heap takes a moment. */
  private void watch() {
    try {
      while (!over) {
        samples.add(Sample.take(gateway.pid(), beganAt));
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      unwatched = "the server could not be asked: " + e;
    }
  }

  private boolean report(Path directory, ServerKind server, double minutes) throws IOException {
    List<String> problems = problems();
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "# Soak\n\n%s, %.1f minutes, %d tunnels through HAProxy, %,d opened in all. %,d echoes"
                    + " and %,.0f MB of slow streams, every byte checked; the longest echo of a small"
                    + " message took %.0f ms.\n\n",
                server.name().toLowerCase(Locale.ROOT),
                minutes,
                STAYING + RENEWED + BULK + SLOW,
                staying.opened() + renewed.opened() + bulk.opened() + slow.opened(),
                staying.echoes() + renewed.echoes() + bulk.echoes(),
                slow.received() / 1e6,
                Math.max(staying.longest(), renewed.longest()) * 1e3));
    if (samples.size() >= FEWEST_SAMPLES) {
      text.append("| | middle third | last third | at most | |\n|---|---|---|---|---|\n");
      for (Series series : Series.ALL) {
        text.append(series.row(samples));
        Files.writeString(directory.resolve(series.name() + ".svg"), series.svg(samples));
        if (!series.isFlat(samples)) {
          problems.add(series.title() + " grows");
        }
      }
    } else {
      problems.add("only " + samples.size() + " samples: soak.minutes is too short");
    }
    problems.forEach(problem -> text.append("\n- ").append(problem));
    Files.writeString(directory.resolve("soak.md"), text.append('\n'));
    System.out.println(text);
    return problems.isEmpty();
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (PulseCrowd crowd : List.of(staying, renewed, bulk)) {
      if (crowd.died() + crowd.failed() > 0) {
        problems.add(crowd.died() + crowd.failed() + " tunnels died: " + crowd.problem());
      }
    }
    if (slow.ended() > 0) {
      problems.add(slow.ended() + " slow tunnels ended: " + slow.problem() + slow.closeCodes());
    }
    if (slow.least() < SIP) {
      problems.add("a slow reader got only " + slow.least() + " bytes");
    }
    if (!unwatched.isEmpty()) {
      problems.add(unwatched);
    }
    return problems;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable part : List.of(staying, renewed, bulk, slow, front, gateway, echo, flood)) {
      part.close();
    }
  }
}
