package dev.sluice.bench.proc;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code jcmd PID GC.class_histogram} says: the live objects of each class, after a
 * collection.
 *
 * @param bytes by the class's name, as the tool has it
 */
public record HeapHistogram(Map<String, Long> bytes) {

  private static final Pattern ROW =
      Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+).*$", Pattern.MULTILINE);

  /** Reads one. */
  public static HeapHistogram parse(String text) {
    Map<String, Long> bytes = new TreeMap<>();
    Matcher row = ROW.matcher(text);
    while (row.find()) {
      bytes.merge(row.group(2), Long.valueOf(row.group(1)), Long::sum);
    }
    if (bytes.isEmpty()) {
      throw new IllegalArgumentException("no histogram: " + text);
    }
    return new HeapHistogram(bytes);
  }

  /** Bytes of all live objects. */
  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Bytes of the objects of classes whose name begins so. */
  public long of(String prefix) {
    return bytes.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
