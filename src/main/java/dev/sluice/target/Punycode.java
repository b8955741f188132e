package dev.sluice.target;

/**
 * Whether what follows {@code xn--} is the encoding of something (RFC 3492 §6.2). {@code
 * java.net.IDN} cannot say: it knows IDNA 2003 only and refuses names that are registered today.
 */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;

  private Punycode() {}

  /**
   * Whether the lower-case LDH text decodes to code points of which at least one is not ASCII and
   * none is a control, a format character other than the joiners, a space, private or unassigned.
   */
  static boolean isValid(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    int length = Math.max(delimiter, 0);
    int in = delimiter + 1;
    if (in == encoded.length()) {
      return false;
    }
    int n = 128;
    int bias = 72;
    int i = 0;
    while (in < encoded.length()) {
      int before = i;
      int weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = in < encoded.length() ? digit(encoded.charAt(in++)) : -1;
        // a label has 63 octets: what overflows an int is no label
        if (digit < 0 || digit > (Integer.MAX_VALUE - i) / weight) {
          return false;
        }
        i += digit * weight;
        int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (digit < threshold) {
          break;
        }
        if (weight > Integer.MAX_VALUE / (BASE - threshold)) {
          return false;
        }
        weight *= BASE - threshold;
      }
      length++;
      bias = adapt(i - before, length, before == 0);
      n += i / length;
      i = i % length + 1;
      if (!isUsable(n)) {
        return false;
      }
    }
    return true;
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  private static int adapt(int delta, int length, boolean first) {
    int rest = first ? delta / DAMP : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
  }

  private static boolean isUsable(int codePoint) {
    if (codePoint < 0 || !Character.isDefined(codePoint)) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.FORMAT -> codePoint == 0x200c || codePoint == 0x200d;
      default -> true;
    };
  }
}
