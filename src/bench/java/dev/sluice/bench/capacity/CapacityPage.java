package dev.sluice.bench.capacity;

import dev.sluice.bench.capacity.Prediction.Pair;
import dev.sluice.bench.report.Findings.Finding;
import dev.sluice.bench.report.ServerTable;
import dev.sluice.testkit.ServerKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page: what work and tunnels cost, the formula, and how near it came. */
final class CapacityPage {

  private static final String NOTHING = "–";

  /** A node of the example: the one that was measured. */
  private static final int CORES = 2;

  private static final double HEAP_MIB = 1024;
  private static final double DESCRIPTORS = 20_000;

  private final List<Finding> findings;

  CapacityPage(List<Finding> findings) {
    this.findings = findings;
  }

  /** Whether everything that was foretold came near enough. */
  boolean holds() {
    return ServerTable.SERVERS.keySet().stream()
        .allMatch(server -> prediction(server).map(Prediction::isNear).orElse(true));
  }

  String markdown() {
    return """
        # Capacity

        <!-- Made by a run of what it tells of: mvn -Pbench verify -Dcapacity -Dcapacity.publish -->

        How many nodes a load needs: what a byte, a message, a tunnel and its opening cost, measured one at a time, put together in a
        formula, and the formula held against a mixed load that it was not fitted to. On a machine that does nothing else:

        ```sh
        mvn -Pbench verify -Dcapacity           # about fourteen minutes; writes target/capacity/capacity.md
        ```

        """
        + machine()
        + work()
        + tunnels()
        + formula()
        + example()
        + mixed()
        + missing()
        + problems();
  }

  private String machine() {
    return findings.stream()
        .map(Finding::machine)
        .reduce((one, last) -> last)
        .map(
            facts ->
                facts.keySet().stream()
                        .map(name -> "- " + name + ": " + facts.getString(name) + "\n")
                        .collect(Collectors.joining())
                    + "\n")
        .orElse("");
  }

  private String work() {
    return """
        ## What work costs

        Processor time of the server, fast lane, `-Xmx1g`, everything else as it comes. Each kind of work was put to it at two rates for
        `capacity.seconds` (60 and 240 MB/s down over four tunnels, 50 and 200 MB/s up in messages of 16 KiB, 1,000 and 4,000 messages of 64
        bytes a second there and back over 500 and 1,000 tunnels, 40 and 120 tunnels a second that open, echo a message and close); the
        figures are the least squares of the relative errors. The JVM's compilers are left out: they are done after some minutes.

        """
        + new ServerTable("")
            .row("**r**: a node at rest, ms each second", cell("model", "second_ms", 1))
            .row("**d**: a GB down, s", cell("model", "gb_down_s", 2))
            .row("**u**: a GB up, s", cell("model", "gb_up_s", 2))
            .row("**m**: a small message there and back, µs", cell("model", "message_us", 0))
            .row("**t**: a tunnel opened and ended, ms", cell("model", "tunnel_ms", 2))
            .row("largest error of the fit", server -> percent(number("model", server, "worst")))
            .markdown();
  }

  private String tunnels() {
    return """
        ## What a tunnel takes

        What each of 2,000 silent, 2,000 interactive and 40 stuck tunnels added. *Live objects* are those of the class histogram after a
        collection, *direct buffers* what the JVM has for them besides the heap. The kernel's buffers are those of both connections of a
        tunnel, both ends of each: on a node of its own about half. What a node has after a mixed load has ended is its workers': each
        keeps buffers of its own from its first work on, whatever there is to do then. Payara has up to `max-thread-pool-size` of them.

        """
        + new ServerTable("")
            .row("a node at rest: live objects, MiB", cell("memory", "heap_rest_mib", 0))
            .row("the same after a mixed load, MiB", cell("mixed", "worked_heap_mib", 0))
            .row("its direct buffers then, MiB", cell("mixed", "worked_buffers_mib", 0))
            .row("the JVM besides heap and buffers, MiB", cell("memory", "jvm_rest_mib", 0))
            .row("silent: live objects, KiB", cell("memory", "silent_heap_kib", 1))
            .row("**h**: interactive: live objects, KiB", cell("memory", "interactive_heap_kib", 1))
            .row("interactive: direct buffers, KiB", cell("memory", "interactive_buffers_kib", 2))
            .row("**s**: a slow reader: live objects, KiB", cell("memory", "slow_heap_kib", 0))
            .row("**b**: a slow reader: direct buffers, KiB", cell("memory", "slow_buffers_kib", 0))
            .row("a slow reader: the kernel's, KiB", cell("memory", "slow_kernel_kib", 0))
            .row("descriptors", cell("memory", "interactive_descriptors", 2))
            .row(
                "**w**: ports that wait for a minute after each end",
                cell("model", "waiting_ports", 2))
            .markdown();
  }

  private static String formula() {
    return """
        ## The formula

        For *N* tunnels at a time, *S* of them slow readers, *M* small messages a second there and back, *D* and *U* GB a second down and
        up, and *T* new tunnels a second:

        ```
        cores busy         = r/1000 + d·D + u·U + m·M/1e6 + t·T/1000
        live objects, KiB  = N·h + S·s                  beside those of each node at rest
        direct buffers     = S·b                        beside its workers', at most tunnel.memory-budget; then marks shrink, then new tunnels are refused
        descriptors        = 2·N
        ports to a target  = its tunnels + 60·w·(its new tunnels a second), below net.ipv4.ip_local_port_range (28,232 as it comes)

        nodes = the most of  cores busy / (0.6 · a node's cores)
                             live objects / (0.5 · -Xmx − those at rest)
                             direct buffers / memory-budget (half of -Xmx as it comes)
                             descriptors / the limit of open files
                             N / limits.tunnels (9,000 as it comes)
                ,  rounded up, and one to spare
        ```

        A node's memory is `-Xmx`, its direct buffers, the JVM besides both, and the kernel's buffers, which the kernel bounds for the
        whole machine (`net.ipv4.tcp_mem`). 0.6 leaves room for peaks: the collector, compilers and a node that is gone.

        """;
  }

  private String example() {
    return """
        ## An example

        5,000 people at terminals, a message in two seconds each; 150 MB/s of files down and 30 MB/s up; 30 new tunnels a second; 50 slow
        readers. Nodes as the measured one: 2 cores, `-Xmx1g`, 20,000 open files.

        """
        + new ServerTable("")
            .row("cores busy", demand(d -> format(d.cores(), 2)))
            .row("live objects, MiB", demand(d -> format(d.heapMib(), 0)))
            .row("direct buffers, MiB", demand(d -> format(d.buffersMib(), 0)))
            .row("descriptors", demand(d -> format(d.descriptors(), 0)))
            .row("nodes, without the spare one", this::nodes)
            .markdown();
  }

  private Function<ServerKind, String> demand(Function<Demand, String> cell) {
    return server -> demandOf(server).map(cell).orElse(NOTHING);
  }

  private Optional<Demand> demandOf(ServerKind server) {
    return good("memory", server)
        .flatMap(
            memory ->
                good("model", server).map(model -> Demand.ofExample(memory, Model.of(model))));
  }

  private String nodes(ServerKind server) {
    double rest = number("memory", server, "heap_rest_mib").orElse(0);
    return demand(d -> Integer.toString(d.nodes(CORES, HEAP_MIB, rest, DESCRIPTORS))).apply(server);
  }

  private String mixed() {
    return """
        ## Held against a mixed load

        In a fresh process 1,000 interactive tunnels with two messages a second, 200 MB/s down and 100 MB/s up over four tunnels each, 60 new
        tunnels a second and 10 slow readers, all at once: foretold → measured (error). The run fails above 30 %. Fifteen seconds of the
        same load without the slow readers go before, so that the workers' buffers and the code are there; how many cores the compilers
        kept busy meanwhile is what a node wants besides in its first minutes.

        """
        + new ServerTable("")
            .row("cores busy", pair(Prediction::cores, 2))
            .row("live objects added, MiB", pair(Prediction::heapMib, 1))
            .row("direct buffers added, MiB", pair(Prediction::buffersMib, 1))
            .row("compilers before, cores", cell("mixed", "compilers_cores", 2))
            .markdown();
  }

  private Function<ServerKind, String> pair(Function<Prediction, Pair> figure, int digits) {
    return server ->
        prediction(server)
            .map(figure)
            .map(
                pair ->
                    "%s → %s (%s)"
                        .formatted(
                            format(pair.foretold(), digits),
                            format(pair.measured(), digits),
                            percent(OptionalDouble.of(pair.error()))))
            .orElse(NOTHING);
  }

  private Optional<Prediction> prediction(ServerKind server) {
    Optional<Finding> memory = good("memory", server);
    Optional<Finding> model = good("model", server);
    Optional<Finding> mixed = good("mixed", server);
    return memory.isPresent() && model.isPresent() && mixed.isPresent()
        ? Optional.of(Prediction.of(memory.get(), model.get(), mixed.get()))
        : Optional.empty();
  }

  private static String missing() {
    return """
        ## What is not in it

        - **TLS.** It was not measured: add what the server's or the proxy's own costs, for each GB and each handshake.
        - **A network.** Loopback has no interrupts and no lost packets, and tool and server share caches.
        - **More cores.** What is added up is processor time; nothing here shows that a node with many cores keeps all of them busy.
        - **The standard lane**, several times as dear upwards: see [Performance](performance.md).
        - **Logins and names.** The rules were one line, callers anonymous, targets addresses: a password's hash or a lookup comes on top
          of *t*. So does an audit file on a slow disk.
        - **Messages together.** *m* falls as a node gets busier, since one turn of a loop serves more of them; the formula does not say so.

        """;
  }

  private String problems() {
    String list =
        findings.stream()
            .filter(finding -> finding.error().isPresent())
            .map(f -> "- %s, %s: %s\n".formatted(f.server(), f.part(), f.error().orElseThrow()))
            .collect(Collectors.joining());
    return list.isEmpty() ? "" : "## Where it did not do\n\n" + list + "\n";
  }

  private Optional<Finding> good(String part, ServerKind server) {
    return findings.stream()
        .filter(f -> f.part().equals(part) && f.error().isEmpty())
        .filter(f -> f.server().equals(server.name().toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private OptionalDouble number(String part, ServerKind server, String name) {
    return good(part, server).map(f -> f.number(name)).orElse(OptionalDouble.empty());
  }

  private Function<ServerKind, String> cell(String part, String name, int digits) {
    return server -> {
      OptionalDouble number = number(part, server, name);
      return number.isPresent() ? format(number.getAsDouble(), digits) : NOTHING;
    };
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? Math.round(share.getAsDouble() * 100) + " %" : NOTHING;
  }

  private static String format(double number, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", number);
  }
}
