package dev.sluice.target;

/** Foreign text made safe for a message or a record: printable ASCII, in quotes, cut. */
final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\'' && c != '\\') {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.append(text.length() > LONGEST ? "...'" : "'").toString();
  }
}
