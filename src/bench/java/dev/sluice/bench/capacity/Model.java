package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Findings.Finding;
import dev.sluice.bench.trial.Figures;
import java.util.List;

/**
 * The processor time of a node as a sum, in seconds.
 *
 * @param second for each second, whatever happens
 * @param gbDown for each 10⁹ bytes down
 * @param gbUp for each 10⁹ bytes up
 * @param message for each small message there and back
 * @param tunnel for each tunnel that opens and ends
 */
record Model(double second, double gbDown, double gbUp, double message, double tunnel) {

  /** Below it a measurement, in steps of 10 ms, says too little to weigh more. */
  private static final double LEAST_CPU = 0.1;

  /**
   * Least squares of the relative errors: a light load counts as much as a heavy one.
   *
   * @throws IllegalArgumentException when the measurements do not tell the parts apart
   */
  static Model fit(List<Usage> measured) {
    int parts = measured.get(0).work().length;
    double[][] equations = new double[parts][parts + 1];
    for (Usage usage : measured) {
      double weight = 1 / Math.max(usage.cpu(), LEAST_CPU);
      double[] work = usage.work();
      for (int i = 0; i < parts; i++) {
        for (int j = 0; j < parts; j++) {
          equations[i][j] += weight * work[i] * weight * work[j];
        }
        equations[i][parts] += weight * work[i] * weight * usage.cpu();
      }
    }
    double[] cost = solved(equations);
    return new Model(cost[0], cost[1], cost[2], cost[3], cost[4]);
  }

  /** By Gauss and Jordan; the matrix is symmetric and positive, so its diagonal will do. */
  private static double[] solved(double[][] equations) {
    int parts = equations.length;
    for (int i = 0; i < parts; i++) {
      double pivot = equations[i][i];
      if (!(pivot > 0)) {
        throw new IllegalArgumentException("nothing was measured that tells part " + i);
      }
      for (int j = 0; j <= parts; j++) {
        equations[i][j] /= pivot;
      }
      for (int row = 0; row < parts; row++) {
        double factor = equations[row][i];
        for (int j = 0; row != i && j <= parts; j++) {
          equations[row][j] -= factor * equations[i][j];
        }
      }
    }
    double[] solution = new double[parts];
    for (int i = 0; i < parts; i++) {
      solution[i] = equations[i][parts];
    }
    return solution;
  }

  /** The one that {@link #put} has written. */
  static Model of(Finding finding) {
    return new Model(
        number(finding, "second_ms") / 1e3,
        number(finding, "gb_down_s"),
        number(finding, "gb_up_s"),
        number(finding, "message_us") / 1e6,
        number(finding, "tunnel_ms") / 1e3);
  }

  private static double number(Finding finding, String name) {
    return finding.number(name).orElseThrow();
  }

  Figures put(Figures figures) {
    return figures
        .put("second_ms", second * 1e3)
        .put("gb_down_s", gbDown)
        .put("gb_up_s", gbUp)
        .put("message_us", message * 1e6)
        .put("tunnel_ms", tunnel * 1e3);
  }

  /** Processor seconds that so much work should take. */
  double cpu(Usage work) {
    return second * work.seconds()
        + gbDown * work.gbDown()
        + gbUp * work.gbUp()
        + message * work.messages()
        + tunnel * work.tunnels();
  }
}
