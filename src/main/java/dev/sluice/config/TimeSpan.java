package dev.sluice.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as one whole number and one unit: {@code 250ms}, {@code 5s}, {@code 25m}, {@code 1h},
 * {@code 2d}. A bare number is rejected: it would have to guess between milliseconds and seconds.
 *
 * @param zero what {@code 0s} means where it is allowed besides the range; empty where it is not
 */
record TimeSpan(Duration least, Duration most, String zero) implements ValueType<Duration> {

  private static final Pattern FORM = Pattern.compile("([^A-Za-z]*?) *([A-Za-z]*)");
  private static final Pattern SEVERAL = Pattern.compile("(\\d+[A-Za-z]+){2,}");
  private static final long LONGEST_MILLIS = Duration.ofDays(100_000).toMillis();

  @Override
  public Duration parse(String text) throws WrongValue {
    Duration value = Duration.ofMillis(millis(text));
    boolean allowedZero = value.isZero() && !zero.isEmpty();
    if (!allowedZero && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      throw new WrongValue("is out of range", advice());
    }
    return value;
  }

  private String advice() {
    return "write a duration from "
        + text(least)
        + " to "
        + text(most)
        + (zero.isEmpty() ? "" : ", or 0s for " + zero);
  }

  private static long millis(String text) throws WrongValue {
    if (SEVERAL.matcher(text).matches()) {
      throw new WrongValue(
          "has more than one unit", "write it in the smallest, such as 90m for 1h30m");
    }
    Matcher form = FORM.matcher(text);
    String advice = "write a duration such as 250ms, 5s, 25m, 1h or 2d";
    if (!form.matches() || form.group(1).isEmpty()) {
      throw new WrongValue("is not a duration", advice);
    }
    String unit = form.group(2);
    if (form.group(1).contains(".") && !unit.isEmpty()) {
      throw new WrongValue(
          "has a fraction", "write a whole number of a smaller unit, such as 1500ms");
    }
    long count = WholeNumber.digits(form.group(1), "is not a duration", advice);
    if (text.contains(" ")) {
      throw new WrongValue("has a space in it", "write " + count + unit);
    }
    long factor = factor(count, unit);
    return count > LONGEST_MILLIS / factor ? LONGEST_MILLIS : count * factor;
  }

  private static long factor(long count, String unit) throws WrongValue {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      case "" ->
          throw new WrongValue(
              "has no unit",
              "write " + count + "s if seconds are meant, " + count + "ms if milliseconds");
      default ->
          throw new WrongValue(
              "has the unit " + unit + ", which is not known here",
              "the units are ms, s, m, h and d");
    };
  }

  @Override
  public String format(Duration value) {
    return text(value);
  }

  /** In the largest unit that loses nothing. */
  static String text(Duration value) {
    long millis = value.toMillis();
    if (millis == 0) {
      return "0s";
    }
    String[] units = {"d", "h", "m", "s"};
    long[] lengths = {86_400_000, 3_600_000, 60_000, 1_000};
    for (int i = 0; i < units.length; i++) {
      if (millis % lengths[i] == 0) {
        return millis / lengths[i] + units[i];
      }
    }
    return millis + "ms";
  }

  @Override
  public String describe() {
    return "duration, %s to %s".formatted(text(least), text(most))
        + (zero.isEmpty() ? "" : "; 0s: " + zero);
  }
}
