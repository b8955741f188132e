package dev.sluice.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One of a few words: the constants of an enum, in lower case. */
record Choice<E extends Enum<E>>(List<E> constants) implements ValueType<E> {

  static <E extends Enum<E>> Choice<E> of(Class<E> type) {
    return new Choice<>(Arrays.asList(type.getEnumConstants()));
  }

  @Override
  public E parse(String text) throws WrongValue {
    for (E constant : constants) {
      if (format(constant).equals(text)) {
        return constant;
      }
    }
    throw new WrongValue("is none of the words for it", "write " + describe());
  }

  @Override
  public String format(E value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String describe() {
    return constants.stream().map(this::format).collect(Collectors.joining(", "));
  }
}
