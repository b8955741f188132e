package dev.sluice.config;

import java.util.regex.Pattern;

/** A short name: ASCII letters, digits and a few marks, at most 64. */
record Word(String noun) implements ValueType<String> {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,63}");

  @Override
  public String parse(String text) throws WrongValue {
    if (!FORM.matcher(text).matches()) {
      throw new WrongValue(
          "is not a " + noun,
          "write 1 to 64 letters, digits and . _ : @ / + -, a letter or digit first");
    }
    return text;
  }

  @Override
  public String format(String value) {
    return value;
  }

  @Override
  public String describe() {
    return noun;
  }
}
