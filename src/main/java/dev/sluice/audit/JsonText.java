package dev.sluice.audit;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes members of a JSON object (RFC 8259) in printable ASCII: whatever else is in a text is an
 * escape, which means the same. Straight to the line, since a busy node makes thousands a second.
 */
final class JsonText {

  private static final HexFormat HEX = HexFormat.of();

  /** Those with an escape of their own (§7), and behind each its letter. */
  private static final String SHORT = "\"\"\\\\\bb\ff\nn\rr\tt";

  private JsonText() {}

  /** Appends one member, and a comma before it if it is not the first. */
  static void member(StringBuilder out, String name, Object value) {
    if (out.charAt(out.length() - 1) != '{') {
      out.append(',');
    }
    quote(out, name);
    out.append(':');
    value(out, value);
  }

  /** A whole number, a list, a map; of everything else its text. */
  private static void value(StringBuilder out, Object value) {
    if (value instanceof Long number) {
      out.append(number.longValue());
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        out.append(i == 0 ? "" : ",");
        value(out, list.get(i));
      }
      out.append(']');
    } else if (value instanceof Map<?, ?> map) {
      out.append('{');
      map.forEach((name, member) -> member(out, name.toString(), member));
      out.append('}');
    } else {
      quote(out, value.toString());
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
        out.append(c);
      } else {
        escape(out, c);
      }
    }
    out.append('"');
  }

  private static void escape(StringBuilder out, char c) {
    for (int i = 0; i < SHORT.length(); i += 2) {
      if (SHORT.charAt(i) == c) {
        out.append('\\').append(SHORT.charAt(i + 1));
        return;
      }
    }
    out.append("\\u").append(HEX.toHexDigits(c));
  }
}
