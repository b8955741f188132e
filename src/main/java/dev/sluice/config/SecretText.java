package dev.sluice.config;

/** Any text, not to be shown; the empty one is none. */
record SecretText() implements ValueType<Secret> {

  @Override
  public Secret parse(String text) {
    return new Secret(text);
  }

  @Override
  public String format(Secret value) {
    return value.text();
  }

  @Override
  public String describe() {
    return "text";
  }
}
