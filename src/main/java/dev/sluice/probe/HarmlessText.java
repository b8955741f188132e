package dev.sluice.probe;

import java.nio.charset.StandardCharsets;

/**
 * Bytes from a stranger as text that a terminal, a log or a page can show: what is not UTF-8
 * becomes U+FFFD, and so does each character that acts instead of showing (controls, escapes,
 * format and bidirectional marks, line separators, private use and what is not assigned).
 */
final class HarmlessText {

  private static final int REPLACEMENT = 0xFFFD;

  private HarmlessText() {}

  static String of(byte[] bytes, int offset, int length) {
    // String's own decoder replaces malformed input
    String decoded = new String(bytes, offset, length, StandardCharsets.UTF_8);
    return decoded
        .codePoints()
        .map(c -> shows(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean shows(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
