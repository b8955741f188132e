package dev.sluice.bench.proc;

import java.util.NoSuchElementException;

/** Files of {@code /proc} whose lines are {@code Name: 123 kB}. */
final class KilobyteLines {

  private KilobyteLines() {}

  /** The value of {@code name}, in KiB. */
  static long value(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).replace("kB", "").trim())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no line " + name));
  }
}
