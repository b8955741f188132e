package dev.sluice.bench.capacity;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.PeerKind;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A server with Sluice on its fast lane, as it comes, and what can be found out about it. */
final class Node implements AutoCloseable {

  private static final List<String> OPTIONS =
      List.of(
          "-Xmx1g",
          "-XX:NativeMemoryTracking=summary",
          // a compiler's thread that ends takes the account of its time along
          "-XX:-UseDynamicNumberOfCompilerThreads");

  /** Threads whose work is done once all that is often used is compiled. */
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: fast}
      """
          + PeerKind.NO_LIMITS;

  /** Seconds until a load has found its pace, and a shut gate its mark. */
  private static final double SETTLE = 2;

  /** For a mixed load all that it consists of has to be compiled, and every worker at work. */
  private static final double MIXED_SETTLE = 15;

  /** Longer than a server remembers an opening handshake. */
  private static final long REST_MILLIS = 12_000;

  private static final double FIRST_SECONDS = 30;

  /** What each kind of tunnel takes, of so many that it stands out. */
  private static final Load SILENT = new Load("silent", 0, 0, 2000, 3600, 0, 0);

  private static final Load INTERACTIVE = new Load("interactive", 0, 0, 2000, 1, 0, 0);
  private static final Load SLOW = new Load("slow readers", 0, 0, 0, 1, 0, 40);

  /** What only the first tunnels bring about is no cost of those that follow. */
  private static final Load FEW = new Load("few", 0, 0, 200, 0.1, 20, 0);

  private final GatewayServer gateway;
  private final ProcessTree process;

  private Node(GatewayServer gateway) {
    this.gateway = gateway;
    this.process = new ProcessTree(gateway.pid());
  }

  /** Starts one and waits until it serves. */
  static Node start(ServerKind server) {
    return new Node(GatewayServer.start(server, CONFIG, OPTIONS));
  }

  private Address to(Target target) {
    String path = "/sluice/tunnel?host=127.0.0.1&port=" + target.port();
    return Address.webSocket(gateway.port(), path, "");
  }

  private LoadRun run(Load load) throws IOException {
    LoadRun run = new LoadRun(load, this::to);
    run.open();
    return run;
  }

  private Usage carry(LoadRun run, double seconds) throws IOException {
    return run.carry(seconds, this::workSeconds);
  }

  /** Processor time without that of the compilers: they take it in the first minutes only. */
  private double workSeconds() {
    return process.cpuSeconds() - process.threadSeconds(COMPILERS);
  }

  /** Lets the compilers be done, and everything be made that is made once. */
  private void first() throws IOException {
    try (LoadRun run = run(Load.FIRST)) {
      carry(run, FIRST_SECONDS);
    }
  }

  /** What tunnels take that are silent, interactive and stuck, each of a kind by itself. */
  Figures memory() throws IOException {
    try (LoadRun run = run(FEW)) {
      carry(run, SETTLE);
    }
    Figures figures = new Figures();
    Footprint rest = rest();
    figures
        .put("heap_rest_mib", rest.heapKib() / 1024)
        .put("jvm_rest_mib", rest.jvmKib() / 1024)
        .put("descriptors_rest", rest.descriptors());
    put(figures, "silent", each(SILENT));
    put(figures, "interactive", each(INTERACTIVE));
    put(figures, "slow", each(SLOW));
    return figures;
  }

  /** Without a tunnel, and without what the last ones left behind for a moment. */
  private Footprint rest() throws IOException {
    Await.until("all tunnels have ended", () -> gateway.metric("sluice_tunnels_open") == 0);
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return Footprint.of(gateway.pid());
  }

  private Footprint each(Load load) throws IOException {
    Footprint before = rest();
    try (LoadRun run = run(load)) {
      carry(run, 2 * SETTLE);
      return Footprint.of(gateway.pid()).each(before, run.tunnels());
    }
  }

  private static void put(Figures figures, String kind, Footprint each) {
    figures
        .put(kind + "_heap_kib", each.heapKib())
        .put(kind + "_buffers_kib", each.buffersKib())
        .put(kind + "_kernel_kib", each.kernelKib())
        .put(kind + "_descriptors", each.descriptors());
  }

  /** The model, and by how much it is wrong about what it was made of. */
  Figures model(double seconds) throws IOException {
    first();
    Figures figures = new Figures();
    List<Usage> measured = new ArrayList<>();
    for (Load load : Load.FITTED) {
      try (LoadRun run = run(load)) {
        carry(run, SETTLE);
        Usage usage = carry(run, seconds);
        measured.add(usage);
        System.out.println(load.name() + ": " + usage);
        if (load.renewed() > 0) {
          figures.put("waiting_ports", run.waitingPorts());
        }
      }
    }
    Model model = Model.fit(measured);
    double worst =
        measured.stream()
            .skip(1) // of a node at rest a share says nothing
            .mapToDouble(usage -> Math.abs(model.cpu(usage) / usage.cpu() - 1))
            .max()
            .orElse(0);
    return model.put(figures).put("worst", worst);
  }

  /** What the mixed load was, and took. */
  Figures mixed(double seconds) throws IOException {
    first();
    double compilers = process.threadSeconds(COMPILERS);
    try (LoadRun run = run(Load.MIXED_FIRST)) {
      carry(run, MIXED_SETTLE);
    }
    compilers = (process.threadSeconds(COMPILERS) - compilers) / MIXED_SETTLE;
    Footprint before = rest();
    try (LoadRun run = run(Load.MIXED)) {
      carry(run, 2 * SETTLE);
      Usage usage = carry(run, seconds);
      Footprint added = Footprint.of(gateway.pid()).each(before, 1);
      return usage
          .put(new Figures())
          .put("compilers_cores", compilers)
          .put("worked_heap_mib", before.heapKib() / 1024)
          .put("worked_buffers_mib", before.buffersKib() / 1024)
          .put("heap_added_kib", added.heapKib())
          .put("buffers_added_kib", added.buffersKib())
          .put("descriptors_added", added.descriptors());
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
