package dev.sluice.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes settings as YAML: sections as blocks, everything below them on one line with its source as
 * a comment.
 */
final class YamlWriter {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9._/%-]*");

  private final StringBuilder out = new StringBuilder();
  private String section = "";

  private YamlWriter() {}

  static String write(List<Setting> settings) {
    YamlWriter writer = new YamlWriter();
    settings.forEach(writer::setting);
    return writer.out.toString();
  }

  private void setting(Setting setting) {
    String path = setting.path();
    int dot = path.indexOf('.');
    String head = dot < 0 ? path : path.substring(0, dot);
    if (dot >= 0 && !head.equals(section)) {
      out.append(head).append(":\n");
    }
    section = head;
    if (dot >= 0) {
      line("  " + path.substring(dot + 1) + ": ", path, setting.value(), setting.source());
    } else if (setting.value() instanceof Tree.Mapping mapping && !mapping.entries().isEmpty()) {
      out.append(path).append(":\n");
      mapping
          .entries()
          .forEach(e -> line("  " + text(e.key()) + ": ", e.key(), e.value(), setting.source()));
    } else if (isBlock(setting.value())) {
      out.append(path).append(":\n");
      ((Tree.Sequence) setting.value())
          .items()
          .forEach(item -> line("  - ", path, item, setting.source()));
    } else {
      line(path + ": ", path, setting.value(), setting.source());
    }
  }

  /** A list of more than single values has a line for each. */
  private static boolean isBlock(Tree value) {
    return value instanceof Tree.Sequence list
        && list.items().stream().anyMatch(item -> !(item instanceof Tree.Scalar));
  }

  private void line(String start, String name, Tree value, String source) {
    out.append(start).append(flow(name, value)).append("  # ").append(Problems.printable(source));
    if (value.line() > 0) {
      out.append(':').append(value.line());
    }
    out.append('\n');
  }

  /** {@code value} on one line; masked where {@code name}, or a name within it, is a secret's. */
  static String flow(String name, Tree value) {
    if (Secrets.isSecret(name)) {
      return text(Secrets.MASK);
    }
    if (value instanceof Tree.Sequence list) {
      return list.items().stream()
          .map(item -> flow(name, item))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Tree.Mapping mapping) {
      return mapping.entries().stream()
          .map(e -> text(e.key()) + ": " + flow(e.key(), e.value()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return text(((Tree.Scalar) value).text());
  }

  private static String text(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null");
    return plain
        ? text
        : '"' + text.chars().mapToObj(YamlWriter::escaped).collect(Collectors.joining()) + '"';
  }

  private static String escaped(int c) {
    if (c == '"' || c == '\\') {
      return "\\" + (char) c;
    }
    return c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c);
  }
}
