package dev.sluice.bench;

import dev.sluice.bench.capacity.Capacity;
import dev.sluice.bench.certify.Certify;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.peer.PeerKind;
import dev.sluice.bench.report.Report;
import dev.sluice.bench.soak.Soak;
import dev.sluice.bench.trial.Figures;
import dev.sluice.bench.trial.IdleTrial;
import dev.sluice.bench.trial.Lab;
import dev.sluice.bench.trial.Trial;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.opentest4j.TestAbortedException;

/**
 * Runs the benchmark. What was found until then is in {@code results.jsonl} after every step, and
 * the report is made of it also when the run is interrupted.
 */
public final class Bench implements AutoCloseable {

  private static final double START_SECONDS = 8;

  private final Settings settings;
  private final Progress progress;
  private final Target target = Target.listen(Ports.free());
  private final Lab lab;
  private final Results results;
  private final List<Peer> running = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private Bench(Settings settings, Results results, Progress progress) {
    this.settings = settings;
    this.results = results;
    this.progress = progress;
    this.lab = new Lab(target, settings.warm(), settings.seconds(), settings.slow());
  }

  /**
   * Runs what is asked for, the comparison when nothing else is; exits 1 when something is not as
   * it should be, 2 on a bad setting.
   */
  public static void main(String... args) throws Exception {
    Path build = Parts.war().getParent();
    Path directory = build.resolve("bench");
    String pattern = System.getProperty("jmh", "");
    if (!pattern.isEmpty()) {
      Micro.run(pattern, System.getProperty("jmh.options", ""), directory);
      return;
    }
    Map<String, Callable<Boolean>> others = new LinkedHashMap<>();
    others.put("soak", () -> Soak.run(build.resolve("soak")));
    others.put("certify", () -> Certify.run(build, Machine.facts()));
    others.put("capacity", () -> Capacity.run(build, Machine.facts()));
    others.keySet().removeIf(name -> !isOn(name));
    boolean good = true;
    try {
      if (others.isEmpty() || isOn("bench.quick")) {
        good = compare(directory);
      }
      for (Map.Entry<String, Callable<Boolean>> other : others.entrySet()) {
        if (!other.getValue().call()) {
          System.err.println("FAILED: " + other.getKey());
          good = false;
        }
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    System.exit(good ? 0 : 1);
  }

  private static boolean isOn(String name) {
    return Settings.isOn(System.getProperty(name, ""));
  }

  private static boolean compare(Path directory) throws Exception {
    Settings settings = Settings.read(System::getProperty);
    Path file = directory.resolve("results.jsonl");
    Results results = Results.begin(file, Machine.facts(settings));
    Thread interrupted = new Thread(() -> report(file, directory));
    Runtime.getRuntime().addShutdownHook(interrupted);
    List<String> failures;
    Progress progress = new Progress(System.out::println);
    try (Bench bench = new Bench(settings, results, progress)) {
      bench.run();
      failures = bench.failures;
    }
    Runtime.getRuntime().removeShutdownHook(interrupted);
    report(file, directory);
    failures.forEach(f -> System.err.println("FAILED: " + f));
    return failures.isEmpty();
  }

  private static void report(Path file, Path directory) {
    try {
      System.out.println(Report.read(file).write(directory));
    } catch (IOException e) {
      System.err.println("no report: " + e);
    }
  }

  private void run() throws Exception {
    Map<String, Trial> rounds = wanted(Plan.rounds());
    Map<String, Trial> once = wanted(Plan.once());
    boolean idle = settings.wants(Plan.IDLE);
    int peers = settings.peers().size();
    double turn = rounds.values().stream().mapToDouble(t -> t.seconds(lab)).sum();
    progress.expect(START_SECONDS * peers);
    progress.expect(settings.rounds() * peers * turn);
    progress.expect(peers * rounds.size() * settings.prime());
    progress.expect(peers * once.values().stream().mapToDouble(t -> t.seconds(lab)).sum());
    if (idle) {
      settings.peers().forEach(kind -> progress.expect(START_SECONDS + idle(kind).seconds()));
      settings.peers().forEach(this::idleOf);
    }
    settings.peers().forEach(this::start);
    prime(rounds);
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Map.Entry<String, Trial> trial : rounds.entrySet()) {
        for (Peer peer : Plan.rotated(running, round - 1)) {
          put(round, trial.getKey(), trial.getValue(), peer);
        }
      }
    }
    for (Map.Entry<String, Trial> trial : once.entrySet()) {
      for (Peer peer : running) {
        put(0, trial.getKey(), trial.getValue(), peer);
      }
    }
  }

  private Map<String, Trial> wanted(Map<String, Trial> trials) {
    trials.keySet().removeIf(name -> !settings.wants(name));
    return trials;
  }

  private IdleTrial idle(PeerKind kind) {
    return new IdleTrial(
        settings.idle().stream().filter(count -> count <= kind.mostIdle()).toList());
  }

  private void idleOf(PeerKind kind) {
    IdleTrial trial = idle(kind);
    if (kind != PeerKind.DIRECT && !trial.counts().isEmpty()) {
      try (Peer peer = kind.start(target.port(), settings.ours())) {
        trial.run(lab, peer).forEach((count, figures) -> add(0, "idle" + count, kind, figures));
      } catch (TestAbortedException missing) {
        progress.say(kind.word() + " is left out, " + missing.getMessage());
      } catch (Exception | AssertionError e) {
        add(0, Plan.IDLE, kind, Figures.failed(e.toString()));
      }
    }
    progress.done(START_SECONDS + trial.seconds(), "idle " + kind.word());
  }

  private void start(PeerKind kind) {
    try {
      running.add(kind.start(target.port(), settings.ours()));
    } catch (TestAbortedException missing) {
      progress.say(kind.word() + " is left out, " + missing.getMessage());
    } catch (AssertionError failed) {
      add(0, "start", kind, Figures.failed(failed.getMessage()));
    }
    progress.done(START_SECONDS, "start " + kind.word());
  }

  /** Lets every compiler in every process do its work before anything counts. */
  private void prime(Map<String, Trial> trials) {
    Lab priming = new Lab(target, 0, settings.prime(), 0);
    for (Peer peer : running) {
      for (Trial trial : trials.values()) {
        try {
          if (trial.suits(peer)) {
            trial.prime(priming, peer);
          }
        } catch (Exception e) {
          progress.say("warming " + peer.name() + ": " + e);
        }
      }
      progress.done(trials.size() * settings.prime(), "warm " + peer.name());
    }
  }

  private void put(int round, String test, Trial trial, Peer peer) {
    if (!trial.suits(peer)) {
      progress.done(trial.seconds(lab), test + " says nothing about " + peer.name());
      return;
    }
    Figures figures;
    try {
      figures = trial.run(lab, peer);
    } catch (Exception e) {
      figures = Figures.failed(e.toString());
    }
    add(round, test, peer.kind(), figures);
    String which = round == 0 ? test : "round " + round + " " + test;
    progress.done(trial.seconds(lab), which + " " + peer.name() + ": " + headline(figures));
  }

  private void add(int round, String test, PeerKind kind, Figures figures) {
    try {
      results.add(round, test, kind.word(), figures);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write results", e);
    }
    Object error = figures.values().get(Figures.ERROR);
    boolean lost = Boolean.FALSE.equals(figures.values().get("complete"));
    if (kind.mustDoWell() && (error != null || lost)) {
      failures.add(test + " of " + kind.word() + ": " + (lost ? "bytes are missing " : "") + error);
    }
  }

  private static String headline(Figures figures) {
    for (String name :
        List.of(Figures.ERROR, "mb_s", "msgs_s", "conn_s", "complete", "p99_meanwhile_us")) {
      Object value = figures.values().get(name);
      if (value instanceof Double number) {
        return String.format(Locale.ROOT, "%.0f %s", number, name);
      } else if (value != null) {
        return name + " " + value;
      }
    }
    return "held " + figures.values().get("held_bytes");
  }

  @Override
  public void close() throws Exception {
    for (Peer peer : running) {
      peer.close();
    }
    target.close();
  }
}
