package dev.sluice.config;

import dev.sluice.access.OriginPolicy;

/** One entry of the origins, in its canonical form. */
record OriginEntry() implements ValueType<String> {

  @Override
  public String parse(String text) throws WrongValue {
    try {
      return OriginPolicy.canonical(text);
    } catch (IllegalArgumentException e) {
      throw WrongValue.of(e, "write scheme://host[:port]");
    }
  }

  @Override
  public String format(String value) {
    return value;
  }

  @Override
  public String describe() {
    return "self or scheme://host[:port]";
  }
}
