package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Findings.Finding;
import dev.sluice.bench.trial.Figures;

/**
 * What a node carried in a time, and the processor time that it took.
 *
 * @param gbDown 10⁹ bytes from targets to clients, in bulk
 * @param gbUp 10⁹ bytes from clients to targets, in bulk
 * @param messages small ones that went there and back
 * @param tunnels that were opened and ended
 * @param cpu seconds of a processor
 */
record Usage(
    double seconds, double gbDown, double gbUp, double messages, double tunnels, double cpu) {

  /** What came after {@code earlier}. */
  Usage since(Usage earlier) {
    return new Usage(
        seconds - earlier.seconds,
        gbDown - earlier.gbDown,
        gbUp - earlier.gbUp,
        messages - earlier.messages,
        tunnels - earlier.tunnels,
        cpu - earlier.cpu);
  }

  /** The one that {@link #put} has written. */
  static Usage of(Finding finding) {
    return new Usage(
        number(finding, "seconds"),
        number(finding, "gb_down"),
        number(finding, "gb_up"),
        number(finding, "messages"),
        number(finding, "tunnels"),
        number(finding, "cpu_s"));
  }

  private static double number(Finding finding, String name) {
    return finding.number(name).orElseThrow();
  }

  Figures put(Figures figures) {
    return figures
        .put("seconds", seconds)
        .put("gb_down", gbDown)
        .put("gb_up", gbUp)
        .put("messages", messages)
        .put("tunnels", tunnels)
        .put("cpu_s", cpu);
  }

  /** All but what it took. */
  double[] work() {
    return new double[] {seconds, gbDown, gbUp, messages, tunnels};
  }
}
