package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random faults between the client, the gateway and the target, each {@link Schedule} from a seed:
 * {@code -Dfaults.schedules=10000} runs more of them, {@code -Dfaults.first=4711
 * -Dfaults.schedules=1} one again, {@code -Dfaults.places=embedded-fast,payara-fast} some places
 * only.
 */
@Tag("thorough")
@Timeout(value = 120, unit = TimeUnit.MINUTES)
class FaultsIT {

  private static final int SCHEDULES = Integer.getInteger("faults.schedules", 200);
  private static final long FIRST = Long.getLong("faults.first", 1);
  private static final Set<String> PLACES =
      Set.of(System.getProperty("faults.places", "").split(",", -1));

  /** Most of a schedule's time is waiting, and each may hold a blocked thread of the container. */
  private static final int AT_ONCE = 64;

  /** Many take minutes: there the optimising compiler saves more than it takes. */
  private static final List<String> JVM =
      SCHEDULES > 1000 ? GatewayServer.OPTIMISED : GatewayServer.USUAL;

  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: %s, high-water: 64KiB, dial-timeout: 5s, ping: 3s, stall-timeout: 6s, idle-timeout: 6s, blocked-threads: 96}
      limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0, targets-per-minute: 0}
      audit: {file: %s, log: false}
      """;

  static Stream<Arguments> places() {
    return Stream.of(ServerKind.values())
        .flatMap(server -> Stream.of(Lane.values()).map(lane -> Arguments.of(server, lane)))
        .filter(place -> PLACES.contains("") || PLACES.contains(word(place.get())));
  }

  private static String word(Object... place) {
    return "%s-%s".formatted(place).toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @MethodSource("places")
  void whateverHappensNothingIsLostReorderedOrLeft(ServerKind server, Lane lane) throws Exception {
    Path directory = Parts.newDirectory("faults-");
    Path audit = directory.resolve("audit.jsonl");
    try (GatewayServer gateway =
        GatewayServer.start(server, CONFIG.formatted(lane.word(), audit), JVM)) {
      run(gateway, lane, -AT_ONCE, AT_ONCE); // what a server opens once and keeps
      gateway.awaitNothingHeld();
      long descriptors = descriptors(gateway.pid());
      long before = System.nanoTime();
      long ownCpu = cpuMillis(ProcessHandle.current().pid());
      long serverCpu = cpuMillis(gateway.pid());

      run(gateway, lane, FIRST, SCHEDULES);

      System.out.printf(
          "%s, %s lane: schedules %d to %d, %d s; processor %d s here, %d s the server%n",
          server,
          lane.word(),
          FIRST,
          FIRST + SCHEDULES - 1,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before),
          (cpuMillis(ProcessHandle.current().pid()) - ownCpu) / 1000,
          (cpuMillis(gateway.pid()) - serverCpu) / 1000);
      gateway.awaitNothingHeld();
      Await.until(
          "no descriptor is left",
          () -> {
            long now = descriptors(gateway.pid());
            if (now > descriptors + 8) {
              throw new IOException(now + " descriptors, at first " + descriptors);
            }
            return true;
          });
      AuditPairs.assertWhole(audit);
    } finally {
      Files.deleteIfExists(audit);
      Files.deleteIfExists(directory);
    }
  }

  private static void run(GatewayServer gateway, Lane lane, long first, int count)
      throws InterruptedException {
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    ExecutorService trials = Executors.newFixedThreadPool(AT_ONCE);
    for (long seed = first; seed < first + count; seed++) {
      Schedule schedule = Schedule.of(seed);
      trials.execute(
          () -> {
            try {
              new Trial(schedule, lane).run(gateway);
            } catch (IOException | RuntimeException | AssertionError e) {
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              failures.add(schedule + "\n" + trace);
            }
          });
    }
    trials.shutdown();
    assertThat(trials.awaitTermination(2, TimeUnit.HOURS)).isTrue();
    assertThat(failures).isEmpty();
  }

  private static long cpuMillis(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  private static long descriptors(long pid) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      return open.count();
    }
  }
}
