package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Findings.Finding;

/**
 * What a load asks of nodes of one kind, by the formula of the page.
 *
 * @param cores kept busy
 * @param heapMib of live objects
 * @param buffersMib of direct buffers
 * @param descriptors open
 */
record Demand(double cores, double heapMib, double buffersMib, double descriptors) {

  /** The example: people at terminals, some that fetch and bring files, some on slow lines. */
  static final int PEOPLE = 5000;

  static final double BEAT = 2;
  static final double GB_DOWN = 0.15;
  static final double GB_UP = 0.03;
  static final int TUNNELS = 30;
  static final int SLOW = 50;

  /** How much of a node's processors is planned with. */
  static final double BUSY = 0.6;

  /** How much of a heap may be live objects. */
  static final double LIVE = 0.5;

  private static final double KIB = 1024;

  /** Of the example, on a server of which this was found. */
  static Demand ofExample(Finding memory, Model model) {
    Usage second = new Usage(1, GB_DOWN, GB_UP, PEOPLE / BEAT, TUNNELS, 0);
    return new Demand(
        model.cpu(second),
        (PEOPLE * number(memory, "interactive_heap_kib") + SLOW * number(memory, "slow_heap_kib"))
            / KIB,
        SLOW * number(memory, "slow_buffers_kib") / KIB,
        (PEOPLE + SLOW) * number(memory, "interactive_descriptors"));
  }

  private static double number(Finding finding, String name) {
    return finding.number(name).orElseThrow();
  }

  /**
   * How many nodes that are, without a spare one.
   *
   * @param restMib the live objects of a node that carries nothing
   */
  int nodes(int cores, double heap, double restMib, double descriptorLimit) {
    double byCpu = this.cores / (BUSY * cores);
    double byHeap = heapMib / (LIVE * heap - restMib);
    double byBuffers = buffersMib / (heap / 2);
    double byDescriptors = descriptors / descriptorLimit;
    return (int) Math.ceil(Math.max(Math.max(byCpu, byHeap), Math.max(byBuffers, byDescriptors)));
  }
}
