package dev.sluice.config;

/** {@code true} or {@code false}, and no other word for them. */
record Truth() implements ValueType<Boolean> {

  @Override
  public Boolean parse(String text) throws WrongValue {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new WrongValue("is neither true nor false", "write true or false");
    };
  }

  @Override
  public String format(Boolean value) {
    return value.toString();
  }

  @Override
  public String describe() {
    return "true or false";
  }
}
