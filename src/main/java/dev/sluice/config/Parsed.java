package dev.sluice.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * A type that a feature package reads by itself.
 *
 * @param parser throws {@link IllegalArgumentException} with a message that quotes the text
 * @param writer what the parser takes
 * @param description of the type, for the table of keys
 */
record Parsed<T>(Function<String, T> parser, Function<T, String> writer, String description)
    implements ValueType<T> {

  @Override
  public T parse(String text) throws WrongValue {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw WrongValue.of(e, "write " + description);
    }
  }

  @Override
  public Optional<T> parse(String text, int line, Place place) {
    try {
      return Optional.of(parse(text));
    } catch (WrongValue wrong) {
      place.report(line, wrong.what(), wrong.advice());
      return Optional.empty();
    }
  }

  @Override
  public String format(T value) {
    return writer.apply(value);
  }

  @Override
  public String describe() {
    return description;
  }
}
