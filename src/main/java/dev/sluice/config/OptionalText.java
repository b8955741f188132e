package dev.sluice.config;

import java.util.Optional;

/** A text as {@link Text} has it, or the empty one for none. */
record OptionalText(String noun) implements ValueType<Optional<String>> {

  @Override
  public Optional<String> parse(String text) throws WrongValue {
    return text.isEmpty() ? Optional.empty() : Optional.of(new Text(noun).parse(text));
  }

  @Override
  public String format(Optional<String> value) {
    return value.orElse("");
  }

  @Override
  public String describe() {
    return noun;
  }
}
