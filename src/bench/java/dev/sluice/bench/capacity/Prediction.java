package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Findings.Finding;

/**
 * What was foretold of the mixed load on one server, beside what it was.
 *
 * @param cores that it keeps busy
 * @param heapMib of live objects that it adds
 * @param buffersMib of direct buffers that it adds
 */
record Prediction(Pair cores, Pair heapMib, Pair buffersMib) {

  /** As near as a node has to be planned: nobody loads one to the last third. */
  static final double NEAR = 0.3;

  private static final double KIB = 1024;

  /** One figure. */
  record Pair(double foretold, double measured) {

    /** How much more was foretold than there was, as a share of what there was. */
    double error() {
      return foretold / measured - 1;
    }

    boolean isNear() {
      return Math.abs(error()) <= NEAR;
    }
  }

  /** Puts together what the three parts have found of one server. */
  static Prediction of(Finding memory, Finding model, Finding mixed) {
    Usage usage = Usage.of(mixed);
    Load load = Load.MIXED;
    double others = load.pulses() + load.renewed() + LoadRun.bulk(load);
    double heap =
        others * number(memory, "interactive_heap_kib")
            + load.stuck() * number(memory, "slow_heap_kib");
    double buffers =
        others * number(memory, "interactive_buffers_kib")
            + load.stuck() * number(memory, "slow_buffers_kib");
    return new Prediction(
        new Pair(Model.of(model).cpu(usage) / usage.seconds(), usage.cpu() / usage.seconds()),
        new Pair(heap / KIB, number(mixed, "heap_added_kib") / KIB),
        new Pair(buffers / KIB, number(mixed, "buffers_added_kib") / KIB));
  }

  private static double number(Finding finding, String name) {
    return finding
        .number(name)
        .orElseThrow(() -> new IllegalArgumentException("no figure " + name + " in " + finding));
  }

  boolean isNear() {
    return cores.isNear() && heapMib.isNear() && buffersMib.isNear();
  }
}
