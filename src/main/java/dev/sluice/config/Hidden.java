package dev.sluice.config;

import java.util.function.Function;

/**
 * A type that a feature package reads by itself and whose text is never shown, not even a wrong
 * one.
 *
 * @param parser throws {@link IllegalArgumentException} with {@code what is wrong; what to write}
 * @param writer what the parser takes
 * @param description of the type, for the table of keys
 */
record Hidden<T>(Function<String, T> parser, Function<T, String> writer, String description)
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
  public String format(T value) {
    return writer.apply(value);
  }

  @Override
  public String describe() {
    return description;
  }
}
