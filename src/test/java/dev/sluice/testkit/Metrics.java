package dev.sluice.testkit;

import java.util.Map;
import java.util.TreeMap;

/** Prometheus text, read: each sample by its name with its labels as they stand. */
public record Metrics(Map<String, Double> samples) {

  /** Reads the text format. */
  public static Metrics parse(String text) {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        // labels may hold spaces; a value never does, and no timestamps are written here
        int space = line.lastIndexOf(' ');
        samples.put(line.substring(0, space).trim(), Double.valueOf(line.substring(space + 1)));
      }
    }
    return new Metrics(samples);
  }

  /** The sum of all samples of {@code name}, whatever their labels; fails the test on none. */
  public double sum(String name) {
    double sum = 0;
    boolean found = false;
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      String key = sample.getKey();
      if (key.equals(name) || key.startsWith(name + "{")) {
        sum += sample.getValue();
        found = true;
      }
    }
    if (!found) {
      throw new AssertionError("no metric " + name + " in " + samples.keySet());
    }
    return sum;
  }

  /** The sum of the samples of {@code name} that carry {@code label="value"}; zero on none. */
  public double sum(String name, String label, String value) {
    String wanted = label + "=\"" + value + "\"";
    return samples.entrySet().stream()
        .filter(s -> s.getKey().startsWith(name + "{") && s.getKey().contains(wanted))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
