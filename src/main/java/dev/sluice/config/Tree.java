package dev.sluice.config;

import java.util.List;
import java.util.stream.Stream;

/** A YAML document as far as a configuration needs one; every part knows its line. */
sealed interface Tree {

  /** The line in the file, from 1; zero for what no file holds. */
  int line();

  /** What a message calls it. */
  String noun();

  /**
   * A single value.
   *
   * @param text as written, without its quotes
   * @param quoted whether it was quoted, so that {@code "null"} is not null
   */
  record Scalar(String text, boolean quoted, int line) implements Tree {
    static Scalar of(String text) {
      return new Scalar(text, true, 0);
    }

    boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }

    @Override
    public String noun() {
      return isNull() ? "nothing" : "one value";
    }
  }

  /** A list. */
  record Sequence(List<Tree> items, int line) implements Tree {
    public Sequence {
      items = List.copyOf(items);
    }

    static Sequence of(Stream<String> texts) {
      return new Sequence(texts.<Tree>map(Scalar::of).toList(), 0);
    }

    @Override
    public String noun() {
      return "a list";
    }
  }

  /** Keys with values, in the file's order; no key twice. */
  record Mapping(List<Entry> entries, int line) implements Tree {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String noun() {
      return "a section with keys";
    }
  }

  /** One key of a mapping. */
  record Entry(String key, int line, Tree value) {}
}
