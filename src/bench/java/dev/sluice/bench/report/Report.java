package dev.sluice.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Tables and charts of a run, or of as much of it as there is. */
public final class Report {

  private static final String HEAP = "heap_kib_each";
  private static final String HOSTILE = "hostile_";
  private static final String ONCE = "once_";
  private static final String UP = "up";
  private static final String STANDARD = "-standard";
  private static final double MIB = 1 << 20;

  private static final Map<String, String> STREAMS = new LinkedHashMap<>();

  static {
    STREAMS.put("down1", "down ×1");
    STREAMS.put("down16", "down ×16");
    STREAMS.put("up16k_1", "up 16 KiB ×1");
    STREAMS.put("up16k_16", "up 16 KiB ×16");
    STREAMS.put("up1k_1", "up 1 KiB ×1");
    STREAMS.put("up1k_16", "up 1 KiB ×16");
  }

  private final Runs runs;

  private Report(Runs runs) {
    this.runs = runs;
  }

  /** Reads what a run wrote. */
  public static Report read(Path file) throws IOException {
    return new Report(Runs.read(file));
  }

  /** Writes {@code table.md} and the charts; the text of the tables. */
  public String write(Path directory) throws IOException {
    String text = markdown();
    Files.writeString(directory.resolve("table.md"), text);
    for (Map.Entry<String, BarChart> chart : charts().entrySet()) {
      if (!chart.getValue().isEmpty()) {
        Files.writeString(directory.resolve(chart.getKey() + ".svg"), chart.getValue().svg());
      }
    }
    return text;
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Benchmark\n\n");
    runs.machine().forEach((name, fact) -> text.append("- ").append(name + ": " + fact + "\n"));
    rounds().forEach((count, tests) -> text.append("- rounds: " + count + "\n"));
    text.append('\n');
    tables().forEach(table -> text.append(table.markdown(runs.peers())));
    text.append(bottleneck());
    if (!runs.errors().isEmpty()) {
      text.append("## What went wrong\n\n");
      runs.errors().forEach(e -> text.append("- ").append(e).append('\n'));
      text.append('\n');
    }
    return text.toString();
  }

  private Map<Integer, List<String>> rounds() {
    Map<Integer, List<String>> counts = new LinkedHashMap<>();
    for (String test : STREAMS.keySet()) {
      int count = runs.count(test, Runs.REFERENCE);
      if (count > 0) {
        counts.computeIfAbsent(count, c -> new ArrayList<>()).add(test);
      }
    }
    return counts;
  }

  private List<Table> tables() {
    return List.of(
        streams("MB/s (ratio to HAProxy in the same round)", t -> both(t, "mb_s", 0)),
        streams("CPU seconds for each GB", t -> plain(t, "cpu_s_per_gb", 2)),
        floors(),
        roundTrips(),
        churn(),
        idle(),
        slow(),
        exact(),
        hostile("once and then stays", ONCE),
        hostile("without end", HOSTILE));
  }

  private static Table streams(String title, Function<String, Function<String, String>> cell) {
    Table table = new Table(title);
    STREAMS.forEach((test, name) -> table.column(name, cell.apply(test)));
    return table;
  }

  private Table floors() {
    Table table =
        new Table("The standard lane, times an endpoint that only counts: MB/s (CPU for each GB)");
    STREAMS.forEach(
        (test, name) -> {
          if (test.startsWith(UP)) {
            table.column(name, peer -> peer.endsWith(STANDARD) ? timesFloor(test, peer) : "");
          }
        });
    return table;
  }

  private String timesFloor(String test, String peer) {
    String floor = peer.replace(STANDARD, "-floor");
    OptionalDouble pace = runs.ratioTo(floor, test, peer, "mb_s");
    OptionalDouble cost = runs.ratioTo(floor, test, peer, "cpu_s_per_gb");
    return pace.isEmpty() || cost.isEmpty()
        ? ""
        : number(pace.getAsDouble(), 2) + " (" + number(cost.getAsDouble(), 2) + ")";
  }

  private Table roundTrips() {
    return new Table("Round trips of 64 bytes (ratio to HAProxy; of times, less is better)")
        .column("×1 p50 µs", both("rtt1", "p50_us", 0))
        .column("×1 p99 µs", both("rtt1", "p99_us", 0))
        .column("×100 p50 µs", both("rtt100", "p50_us", 0))
        .column("×100 p99 µs", both("rtt100", "p99_us", 0))
        .column("×100 messages/s", both("rtt100", "msgs_s", 0))
        .column("CPU µs/message", plain("rtt100", "cpu_us_per_msg", 1));
  }

  private Table churn() {
    return new Table("Churn: connect, one message there and back, close")
        .column("connections/s", both("churn", "conn_s", 0))
        .column("CPU ms/connection", plain("churn", "cpu_ms_per_conn", 2));
  }

  private Table idle() {
    Table table = new Table("Idle connections: KiB each, resident / with shared pages divided");
    for (String test : runs.tests()) {
      if (test.matches("idle\\d+")) {
        Function<String, String> resident = plain(test, "rss_kib_each", 1);
        Function<String, String> shared = plain(test, "pss_kib_each", 1);
        table.column(
            test.substring("idle".length()),
            peer ->
                resident.apply(peer).isEmpty()
                    ? ""
                    : resident.apply(peer) + " / " + shared.apply(peer));
        if (runs.peers().stream().anyMatch(p -> !plain(test, HEAP, 1).apply(p).isEmpty())) {
          table.column("on the heap", plain(test, HEAP, 1));
        }
      }
    }
    return table;
  }

  private Table slow() {
    return new Table("Slow consumer: 100 MB/s offered, 1 MB/s taken; MiB held in the process")
        .column("slow client: held", scaled("slow_down", "held_bytes", MIB, 2))
        .column("in the kernel", scaled("slow_down", "kernel_bytes", MIB, 2))
        .column("resident, from", plain("slow_down", "rss_mb", 0))
        .column("to at most", plain("slow_down", "rss_peak_mb", 0))
        .column("slow target: held", scaled("slow_up", "held_bytes", MIB, 2))
        .column("in the kernel", scaled("slow_up", "kernel_bytes", MIB, 2))
        .column("resident, from", plain("slow_up", "rss_mb", 0))
        .column("to at most", plain("slow_up", "rss_peak_mb", 0));
  }

  private Table exact() {
    return new Table("Every byte before the end (close codes that the clients saw)")
        .column("the target ends", complete("exact_down"))
        .column("the client ends", complete("exact_up"));
  }

  private Table hostile(String howLong, String prefix) {
    Table table =
        new Table(
            "A neighbour's round trips while somebody misbehaves, "
                + howLong
                + ": p50/p99 ms quiet → meanwhile (p99, times the quiet one)");
    for (String test : runs.tests()) {
      if (test.startsWith(prefix)) {
        table.column(test.substring(prefix.length()), peer -> neighbour(test, peer));
      }
    }
    return table;
  }

  private String neighbour(String test, String peer) {
    String meanwhile = scaled(test, "p99_meanwhile_us", 1e3, 2).apply(peer);
    return meanwhile.isEmpty()
        ? ""
        : "%s/%s → %s/%s (%s)"
            .formatted(
                scaled(test, "p50_quiet_us", 1e3, 2).apply(peer),
                scaled(test, "p99_quiet_us", 1e3, 2).apply(peer),
                scaled(test, "p50_meanwhile_us", 1e3, 2).apply(peer),
                meanwhile,
                plain(test, "p99_times", 2).apply(peer));
  }

  private Function<String, String> complete(String test) {
    return peer ->
        runs.text(test, peer, "complete")
            .map(answer -> answer.equals("true") ? "yes" : "**no**")
            .map(answer -> answer + " " + runs.text(test, peer, "closes").orElse(""))
            .orElse("");
  }

  private Function<String, String> plain(String test, String figure, int digits) {
    return scaled(test, figure, 1, digits);
  }

  private Function<String, String> scaled(String test, String figure, double unit, int digits) {
    return peer -> {
      OptionalDouble median = runs.median(test, peer, figure);
      return median.isEmpty() ? "" : number(median.getAsDouble() / unit, digits);
    };
  }

  private Function<String, String> both(String test, String figure, int digits) {
    Function<String, String> plain = plain(test, figure, digits);
    return peer -> {
      OptionalDouble ratio = runs.ratio(test, peer, figure);
      String times = ratio.isEmpty() ? "" : " (" + number(ratio.getAsDouble(), 2) + ")";
      return plain.apply(peer).isEmpty() ? "" : plain.apply(peer) + times;
    };
  }

  /** Whether the tool could have been what was measured. */
  private String bottleneck() {
    StringBuilder text = new StringBuilder();
    STREAMS.forEach(
        (test, name) -> {
          for (String peer : runs.peers()) {
            OptionalDouble share = runs.ratioTo(Runs.DIRECT, test, peer, "mb_s");
            if (!peer.equals(Runs.DIRECT) && share.isPresent() && share.getAsDouble() > 0.8) {
              text.append(
                  "- %s: %s reaches %s of what the tool does without anything in between\n"
                      .formatted(name, peer, number(share.getAsDouble(), 2)));
            }
          }
        });
    return text.isEmpty() ? "" : "## The tool itself may be the limit\n\n" + text + "\n";
  }

  private Map<String, BarChart> charts() {
    Map<String, BarChart> charts = new LinkedHashMap<>();
    BarChart throughput = new BarChart("Throughput as a ratio to HAProxy's TCP proxy", 2, 1);
    BarChart cpu = new BarChart("CPU seconds for each GB", 2, 0);
    STREAMS.forEach(
        (test, name) -> {
          throughput.group(name, bars(peer -> runs.ratio(test, peer, "mb_s")));
          cpu.group(name, bars(peer -> runs.median(test, peer, "cpu_s_per_gb")));
        });
    charts.put("throughput", throughput);
    charts.put("cpu", cpu);
    charts.put(
        "messages",
        new BarChart("Messages and connections as a ratio to HAProxy's TCP proxy", 2, 1)
            .group("64 B ×1, p50: less is better", bars(p -> runs.ratio("rtt1", p, "p50_us")))
            .group("64 B ×100, messages/s", bars(p -> runs.ratio("rtt100", p, "msgs_s")))
            .group("churn, connections/s", bars(p -> runs.ratio("churn", p, "conn_s"))));
    BarChart idle = new BarChart("KiB resident for each idle connection", 1, 0);
    runs.tests().stream()
        .filter(test -> test.matches("idle\\d+"))
        .forEach(
            test ->
                idle.group(
                    test.substring("idle".length()) + " connections",
                    bars(p -> runs.median(test, p, "pss_kib_each"))));
    charts.put("idle", idle);
    charts.put(
        "slow",
        new BarChart("MiB held for one slow consumer", 2, 0)
            .group("slow client", bars(p -> mib("slow_down", p)))
            .group("slow target", bars(p -> mib("slow_up", p))));
    return charts;
  }

  private OptionalDouble mib(String test, String peer) {
    OptionalDouble bytes = runs.median(test, peer, "held_bytes");
    return bytes.isEmpty() ? bytes : OptionalDouble.of(bytes.getAsDouble() / MIB);
  }

  private Map<String, Double> bars(Function<String, OptionalDouble> value) {
    Map<String, Double> bars = new LinkedHashMap<>();
    for (String peer : runs.peers()) {
      if (!peer.equals(Runs.DIRECT)) {
        value.apply(peer).ifPresent(v -> bars.put(peer, v));
      }
    }
    return bars;
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
