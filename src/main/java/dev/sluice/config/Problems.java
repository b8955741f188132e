package dev.sluice.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while reading goes on. */
final class Problems {

  private static final int LONGEST_QUOTE = 60;

  private final List<Found> found = new ArrayList<>();

  void add(String where, String what, String advice) {
    add(Integer.MAX_VALUE, where, what, advice);
  }

  /** One of the file's, at a line of it. */
  void add(int line, String where, String what, String advice) {
    found.add(new Found(line, new Problem(where, what, advice)));
  }

  int count() {
    return found.size();
  }

  void throwIfAny() throws ConfigurationException {
    if (!found.isEmpty()) {
      throw new ConfigurationException(
          found.stream().sorted(Comparator.comparingInt(Found::line)).map(Found::problem).toList());
    }
  }

  /** {@code text} in quotes, cut where it is long and {@link #printable}. */
  static String quote(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= LONGEST_QUOTE
        ? '"' + printable(text) + '"'
        : '"' + printable(text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE))) + "…\"";
  }

  /** {@code text} fit for one line of a log: with nothing in it that a terminal obeys. */
  static String printable(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    clean.append(String.format("\\u%04x", c));
                default -> clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  /** Where in the file, to show problems in its order; what is not the file's comes last. */
  private record Found(int line, Problem problem) {}
}
