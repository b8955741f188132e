package dev.sluice.config;

import java.util.regex.Pattern;

/**
 * A whole number in decimal ASCII digits, between two limits.
 *
 * @param zero what 0 means where it means something of its own; else empty
 */
record WholeNumber(String noun, int least, int most, String zero) implements ValueType<Integer> {

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** A number of which zero is as good as any. */
  WholeNumber(String noun, int least, int most) {
    this(noun, least, most, "");
  }

  /** A TCP port. */
  static final WholeNumber PORT = new WholeNumber("port", 1, 65_535);

  @Override
  public Integer parse(String text) throws WrongValue {
    return (int) between(digits(text, "is not a whole number", advice()));
  }

  private long between(long value) throws WrongValue {
    if (value < least || value > most) {
      throw new WrongValue("is out of range", advice());
    }
    return value;
  }

  private String advice() {
    return "write a number from "
        + least
        + " to "
        + most
        + (zero.isEmpty() ? "" : "; 0 is for " + zero);
  }

  /**
   * What ASCII digits spell; what does not fit a long becomes its largest value, which is over
   * every limit.
   */
  static long digits(String text, String what, String advice) throws WrongValue {
    if (!DIGITS.matcher(text).matches()) {
      throw new WrongValue(what, advice);
    }
    if (text.length() > 1 && text.startsWith("0")) {
      throw new WrongValue("begins with 0, which could mean octal", "write it without the zero");
    }
    return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  @Override
  public String format(Integer value) {
    return Integer.toString(value);
  }

  @Override
  public String describe() {
    return "%s, %d to %d".formatted(noun, least, most) + (zero.isEmpty() ? "" : "; 0: " + zero);
  }
}
