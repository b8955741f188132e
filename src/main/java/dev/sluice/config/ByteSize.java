package dev.sluice.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes: {@code 64KiB}, {@code 1MiB}, {@code 1GiB} or plain {@code 65536}. Decimal
 * units ({@code kB}, {@code MB}) and short ones ({@code K}, {@code M}) are rejected, because people
 * disagree about what they mean.
 *
 * @param zero what 0 means where it is allowed besides the range; empty where it is not
 */
record ByteSize(long least, long most, String zero) implements ValueType<Long> {

  private static final long KIB = 1024;
  private static final Pattern FORM = Pattern.compile("([^A-Za-z%]*?) *([A-Za-z]*)");

  @Override
  public Long parse(String text) throws WrongValue {
    long value = bytes(text);
    boolean allowedZero = value == 0 && !zero.isEmpty();
    if (!allowedZero && (value < least || value > most)) {
      throw new WrongValue("is out of range", advice());
    }
    return value;
  }

  private String advice() {
    return "write a size from "
        + text(least)
        + " to "
        + text(most)
        + (zero.isEmpty() ? "" : ", or 0 for " + zero);
  }

  private static long bytes(String text) throws WrongValue {
    Matcher form = FORM.matcher(text);
    String advice = "write a size such as 64KiB, 1MiB or 65536";
    if (!form.matches() || form.group(1).isEmpty()) {
      throw new WrongValue("is not a size", advice);
    }
    String unit = form.group(2);
    if (form.group(1).contains(".") && !unit.isEmpty()) {
      throw new WrongValue("has a fraction", "write a whole number of a smaller unit");
    }
    long count = WholeNumber.digits(form.group(1), "is not a size", advice);
    if (text.contains(" ")) {
      throw new WrongValue("has a space in it", "write " + count + unit);
    }
    long factor = factor(count, unit);
    return count > Long.MAX_VALUE / factor ? Long.MAX_VALUE : count * factor;
  }

  private static long factor(long count, String unit) throws WrongValue {
    return switch (unit) {
      case "" -> 1;
      case "KiB" -> KIB;
      case "MiB" -> KIB * KIB;
      case "GiB" -> KIB * KIB * KIB;
      default ->
          throw new WrongValue(
              "has the unit " + unit + ", which is not known here", units(count, unit));
    };
  }

  private static String units(long count, String unit) {
    return switch (unit.isEmpty() ? ' ' : Character.toLowerCase(unit.charAt(0))) {
      case 'k' -> "write " + count + "KiB, 1024 bytes each, or plain bytes";
      case 'm' -> "write " + count + "MiB, 1048576 bytes each, or plain bytes";
      case 'g' -> "write " + count + "GiB, 1073741824 bytes each, or plain bytes";
      case 'b' -> "write " + count + ": plain numbers are bytes";
      default -> "the units are KiB, MiB and GiB";
    };
  }

  @Override
  public String format(Long value) {
    return text(value);
  }

  /** In the largest unit that loses nothing. */
  static String text(long value) {
    String[] units = {"", "KiB", "MiB", "GiB"};
    int unit = 0;
    long left = value;
    while (unit < 3 && left >= KIB && left % KIB == 0) {
      left /= KIB;
      unit++;
    }
    return left + units[unit];
  }

  @Override
  public String describe() {
    return "size, %s to %s".formatted(text(least), text(most))
        + (zero.isEmpty() ? "" : "; 0: " + zero);
  }
}
