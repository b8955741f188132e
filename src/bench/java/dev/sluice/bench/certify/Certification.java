package dev.sluice.bench.certify;

import dev.sluice.bench.report.Findings.Finding;
import dev.sluice.bench.report.ServerTable;
import dev.sluice.testkit.ServerKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page: what was found, beside what was to be reached. */
final class Certification {

  private static final String NOTHING = "–";
  private static final Map<ServerKind, String> SERVERS = ServerTable.SERVERS;

  private static final Pattern RESUME =
      Pattern.compile("resume after a stall reaches the target: median ([0-9.]+) ms");
  private static final Pattern SLOW_CLIENT =
      Pattern.compile("slow client, 20 s: counted at most ([0-9.]+) MiB");
  private static final Pattern SLOW_TARGET =
      Pattern.compile("slow target, 20 s: counted at most ([0-9.]+) MiB");

  private final List<Finding> findings;
  private final Verdicts verdicts;

  Certification(List<Finding> findings, Verdicts verdicts) {
    this.findings = findings;
    this.verdicts = verdicts;
  }

  String markdown() {
    return """
        # Certification

        <!-- Made by a run of what it tells of: mvn -Pbench verify -Dcertify -Dcertify.publish -->

        What is promised, the tests that prove it, and what was measured. On a machine that does nothing else:

        ```sh
        mvn -Pthorough verify                   # the tests; leaves the reports that the verdicts are read from
        mvn -Pbench verify -Dcertify            # measures, and writes target/certify/certification.md
        ```

        """
        + machine()
        + concurrency()
        + memory()
        + gate()
        + promises()
        + problems();
  }

  private String machine() {
    return findings.stream()
        .map(finding -> finding.machine())
        .reduce((one, last) -> last)
        .map(
            facts ->
                facts.keySet().stream()
                        .map(name -> "- " + name + ": " + facts.getString(name) + "\n")
                        .collect(Collectors.joining())
                    + "\n")
        .orElse("");
  }

  private String concurrency() {
    String text =
        """
        ## Tunnels in a small heap

        Every server on its fast lane with `-Xmx128m -XX:+ExitOnOutOfMemoryError`, or the next of 192, 256, 384 and 512 MiB that it can do
        with; a fresh process for each row, and this configuration beside the rules and lifted limits by caller:

        ```yaml
        tunnel: {high-water: 64KiB, max-message: 16KiB, memory-budget: 112MiB}
        ```

        A stuck tunnel's target floods and its client reads nothing: the gate is shut. An interactive one's client sends 64 bytes a second
        that have to come back as they were. All are held for `certify.hold` seconds; none may end, no echo may take 5 s, and the stuck
        ones must read right bytes from an open gate at the end.

        """;
    return text
        + new ServerTable("")
            .row("1,000 stuck, and 10 interactive", part("bulk", this::reached))
            .row("9,000 interactive", part("interactive", this::reached))
            .row("3,200 interactive and 800 stuck", part("mixed", this::reached))
            .row("seconds held, of the three", this::held)
            .row("p50 / p99 / longest echo of 9,000", part("interactive", this::echoes))
            .row("the same beside 800 stuck", part("mixed", this::echoes))
            .row("the same beside 1,000 stuck", part("bulk", this::echoes))
            .markdown();
  }

  private String held(ServerKind server) {
    Function<Finding, String> seconds = finding -> number(finding, "held_seconds", 0);
    return List.of("bulk", "interactive", "mixed").stream()
        .map(part -> part(part, seconds).apply(server))
        .collect(Collectors.joining(", "));
  }

  private String reached(Finding finding) {
    Optional<String> error = finding.error();
    String heap = ", -Xmx" + finding.figures().getString("heap", "");
    return error.isPresent() ? "**no**" + heap : number(finding, "tunnels", 0) + heap;
  }

  private String echoes(Finding finding) {
    return finding.number("p50_ms").isEmpty()
        ? NOTHING
        : "%s / %s / %s ms"
            .formatted(
                number(finding, "p50_ms", 1),
                number(finding, "p99_ms", 0),
                number(finding, "longest_ms", 0));
  }

  private String memory() {
    return """
        ## Memory of a tunnel

        In KiB, what each tunnel added in the runs above. *Heap*: live objects by the class histogram after a collection, and those
        of them that are of Sluice's own classes. *Native*: what the JVM has committed besides the heap, by its own tracking; the
        buffers of a stuck tunnel are here. *Kernel*: TCP buffers of both connections of a tunnel, both ends of each, so also those of
        the test's client and target.

        """
        + new ServerTable("KiB a tunnel")
            .row("interactive: heap (Sluice's own classes)", part("interactive", this::heapEach))
            .row("interactive: native", part("interactive", f -> number(f, "native_kib_each", 1)))
            .row("interactive: kernel", part("interactive", f -> number(f, "kernel_kib_each", 0)))
            .row("stuck: heap (Sluice's own classes)", part("bulk", this::heapEach))
            .row("stuck: native", part("bulk", f -> number(f, "native_kib_each", 1)))
            .row("stuck: kernel", part("bulk", f -> number(f, "kernel_kib_each", 0)))
            .row("all stuck together, buffered, MiB", part("bulk", this::budget))
            .markdown();
  }

  private String heapEach(Finding finding) {
    return number(finding, "heap_kib_each", 1)
        + " ("
        + number(finding, "heap_ours_kib_each", 1)
        + ")";
  }

  private String budget(Finding finding) {
    return number(finding, "buffered_mib", 1);
  }

  private String gate() {
    return """
        ## How soon a gate opens

        A gate that is asked every 50 ms opens 25 ms late on average and 50 at worst. Sluice's opens on the completion that reaches
        half the mark: from there to the next byte that the target can write it is %s ms (`FlowFiguresIT`, median of 51). From
        outside, from the first read of a client that stood still to the next byte that the target can write, with all that kernels and
        gateway hold to be read in between:

        """
            .formatted(verdicts.said(RESUME).orElse(NOTHING))
        + new ServerTable("ms")
            .row("median of 31", part("resume", f -> number(f, "resume_ms", 1)))
            .row("worst", part("resume", f -> number(f, "resume_worst_ms", 1)))
            .row("read in between, KiB", part("resume", f -> number(f, "resume_read_kib", 0)))
            .markdown();
  }

  private String promises() {
    StringBuilder text =
        new StringBuilder(
            """
            ## Promises

            The verdicts are those of the reports of the last build. A slow client held at most %s MiB and a slow target %s MiB with a mark
            of 1 MiB (`FlowFiguresIT`, 20 s of 100 MB/s against 1 MB/s).

            """
                .formatted(
                    verdicts.said(SLOW_CLIENT).orElse(NOTHING),
                    verdicts.said(SLOW_TARGET).orElse(NOTHING)));
    text.append("| promise | proved by |");
    SERVERS.values().forEach(name -> text.append(" ").append(name).append(" |"));
    text.append("\n|---|---|").append("---|".repeat(SERVERS.size())).append("\n");
    for (Promise promise : Promise.values()) {
      text.append("| **%s**: %s | ".formatted(promise.title(), promise.text()));
      text.append(
          promise.proofs().stream().map(Proof::text).collect(Collectors.joining("; ")) + " |");
      SERVERS.keySet().forEach(s -> text.append(" " + verdicts.of(promise, s) + " |"));
      text.append("\n");
    }
    return text + "\n";
  }

  private String problems() {
    String list =
        findings.stream()
            .filter(f -> f.error().isPresent() || !f.smaller().isEmpty())
            .map(
                f ->
                    "- %s, %s: %s%s\n"
                        .formatted(f.server(), f.part(), f.smaller(), f.error().orElse("")))
            .collect(Collectors.joining());
    return list.isEmpty() ? "" : "## Where it did not do\n\n" + list + "\n";
  }

  private Function<ServerKind, String> part(String part, Function<Finding, String> cell) {
    return server ->
        findings.stream()
            .filter(f -> f.part().equals(part))
            .filter(f -> f.server().equals(server.name().toLowerCase(Locale.ROOT)))
            .findFirst()
            .map(cell)
            .orElse("not run");
  }

  private static String number(Finding finding, String name, int digits) {
    OptionalDouble number = finding.number(name);
    return number.isEmpty()
        ? NOTHING
        : String.format(Locale.ROOT, "%,." + digits + "f", number.getAsDouble());
  }
}
