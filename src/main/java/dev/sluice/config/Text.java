package dev.sluice.config;

/** Any text that fits on a line, up to 1,000 characters. */
record Text(String noun) implements ValueType<String> {

  private static final int LONGEST = 1_000;

  @Override
  public String parse(String text) throws WrongValue {
    if (text.isBlank()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new WrongValue("is not " + noun, "write one line of 1 to 1000 characters");
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
