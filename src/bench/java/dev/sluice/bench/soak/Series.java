package dev.sluice.bench.soak;

import dev.sluice.bench.report.LineChart;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure over the time of a soak. The first third is the server's to find its shape; it is flat
 * when the median of the last third is over that of the middle one by no more than is allowed.
 *
 * @param name of the chart's file
 * @param title of the chart
 * @param figure of a sample
 * @param share of the middle third's median that it may grow by
 * @param slack that it may grow by besides, in its own unit: what one collection or one thread more
 *     is worth
 */
record Series(
    String name, String title, ToDoubleFunction<Sample> figure, double share, double slack) {

  /** All that must not grow. */
  static final List<Series> ALL =
      List.of(
          new Series("heap", "KiB on the heap after a collection", Sample::heapKib, 0.10, 2048),
          new Series("native", "KiB besides the heap", Sample::nativeKib, 0.05, 4096),
          new Series("resident", "KiB resident", Sample::residentKib, 0.05, 8192),
          new Series("descriptors", "open descriptors", Sample::descriptors, 0.01, 16),
          new Series("threads", "threads", Sample::threads, 0, 8));

  double middle(List<Sample> samples) {
    return median(samples.subList(samples.size() / 3, samples.size() * 2 / 3));
  }

  double last(List<Sample> samples) {
    return median(samples.subList(samples.size() * 2 / 3, samples.size()));
  }

  boolean isFlat(List<Sample> samples) {
    double middle = middle(samples);
    return last(samples) <= middle * (1 + share) + slack;
  }

  private double median(List<Sample> samples) {
    double[] values = samples.stream().mapToDouble(figure).sorted().toArray();
    return values[values.length / 2];
  }

  String svg(List<Sample> samples) {
    return LineChart.svg(
        title,
        samples.stream().mapToDouble(Sample::seconds).toArray(),
        samples.stream().mapToDouble(figure).toArray());
  }

  /** A row of the report. */
  String row(List<Sample> samples) {
    double[] all = samples.stream().mapToDouble(figure).toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %,.0f | %s |\n",
        title,
        middle(samples),
        last(samples),
        Arrays.stream(all).max().orElse(0),
        isFlat(samples) ? "flat" : "**grows**");
  }
}
