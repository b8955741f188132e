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
  private List<String> sections = List.of();

  private YamlWriter() {}

  static String write(List<Setting> settings) {
    YamlWriter writer = new YamlWriter();
    settings.forEach(writer::setting);
    return writer.out.toString();
  }

  private void setting(Setting setting) {
    List<String> parts = List.of(setting.path().split("\\."));
    open(parts.subList(0, parts.size() - 1));
    String name = parts.get(parts.size() - 1);
    String indent = "  ".repeat(sections.size());
    if (sections.isEmpty()
        && setting.value() instanceof Tree.Mapping mapping
        && !mapping.entries().isEmpty()) {
      out.append(name).append(":\n");
      mapping
          .entries()
          .forEach(e -> line("  " + text(e.key()) + ": ", e.key(), e.value(), setting.source()));
    } else if (sections.isEmpty() && isBlock(setting.value())) {
      out.append(name).append(":\n");
      ((Tree.Sequence) setting.value())
          .items()
          .forEach(item -> line("  - ", name, item, setting.source()));
    } else {
      line(indent + name + ": ", name, setting.value(), setting.source());
    }
  }

  /** Writes the heads of those sections in which the setting before did not stand. */
  private void open(List<String> path) {
    for (int depth = 0; depth < path.size(); depth++) {
      if (depth >= sections.size()
          || !path.subList(0, depth + 1).equals(sections.subList(0, depth + 1))) {
        out.append("  ".repeat(depth)).append(path.get(depth)).append(":\n");
      }
    }
    sections = path;
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
    boolean none = value instanceof Tree.Scalar scalar && scalar.text().isEmpty();
    if (Secrets.isSecret(name) && !none) {
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
