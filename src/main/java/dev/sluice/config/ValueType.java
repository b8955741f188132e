package dev.sluice.config;

import java.util.Optional;

/** How one kind of value is written: read strictly, never guessed, never rewritten. */
interface ValueType<T> {

  /**
   * The value that {@code text} spells.
   *
   * @throws WrongValue what is wrong with it and what to write instead
   */
  T parse(String text) throws WrongValue;

  /** The shortest text that {@link #parse} takes for {@code value}. */
  String format(T value);

  /** What it is and its limits, for the table of keys. */
  String describe();

  /** The value as it would stand in a file. */
  default Tree toTree(T value) {
    return Tree.Scalar.of(format(value));
  }

  /** Reads it from the file; empty when a problem has been reported instead. */
  default Optional<T> read(Tree node, Place place) {
    if (!(node instanceof Tree.Scalar scalar) || scalar.isNull()) {
      place.report(
          node.line(),
          "is " + node.noun() + " where one value belongs",
          "write " + describe() + ", or leave the key out");
      return Optional.empty();
    }
    return parse(scalar.text(), scalar.line(), place);
  }

  /** Parses {@code text}; empty when a problem has been reported instead. */
  default Optional<T> parse(String text, int line, Place place) {
    try {
      return Optional.of(parse(text));
    } catch (WrongValue wrong) {
      place.report(line, place.quote(text) + " " + wrong.what(), wrong.advice());
      return Optional.empty();
    }
  }
}
