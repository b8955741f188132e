package dev.sluice.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bars in groups, as SVG. The colours are readable on white as on black: the file is shown in pages
 * of both kinds.
 */
final class BarChart {

  private static final int WIDTH = 760;
  private static final int NAME_WIDTH = 170;
  private static final int VALUE_WIDTH = 70;
  private static final int BAR = 14;
  private static final int STEP = 18;
  private static final int HEAD = 34;
  private static final int GROUP_HEAD = 26;
  private static final String STYLE =
      "<style>text{font:12px system-ui,sans-serif;fill:#767676}"
          + ".title{font-size:15px;font-weight:600}.group{font-weight:600}"
          + ".fast{fill:#2f81f7}.standard{fill:#a371f7}.other{fill:#8b949e}"
          + "line{stroke:#767676;stroke-dasharray:3 3}</style>\n";

  private record Group(String title, Map<String, Double> bars) {}

  private final String title;
  private final int digits;
  private final double line;
  private final List<Group> groups = new ArrayList<>();

  /**
   * A chart without a group.
   *
   * @param digits after the point, of the numbers beside the bars
   * @param line where a line crosses the bars; zero: nowhere
   */
  BarChart(String title, int digits, double line) {
    this.title = title;
    this.digits = digits;
    this.line = line;
  }

  /** Adds a group, if it has a bar: name → value. */
  BarChart group(String groupTitle, Map<String, Double> bars) {
    if (!bars.isEmpty()) {
      groups.add(new Group(groupTitle, bars));
    }
    return this;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** The whole file. */
  String svg() {
    double most =
        groups.stream()
            .flatMap(g -> g.bars().values().stream())
            .mapToDouble(Double::doubleValue)
            .reduce(line, Math::max);
    double scale = (WIDTH - NAME_WIDTH - VALUE_WIDTH) / (most > 0 ? most : 1);
    StringBuilder body = new StringBuilder();
    int y = HEAD;
    for (Group group : groups) {
      body.append(text(0, y + 17, "group", "start", group.title()));
      y += GROUP_HEAD;
      int top = y;
      for (Map.Entry<String, Double> bar : group.bars().entrySet()) {
        bar(body, y, scale, bar.getKey(), bar.getValue());
        y += STEP;
      }
      if (line > 0) {
        double x = NAME_WIDTH + line * scale;
        body.append(
            format("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n", x, top - 2, x, y));
      }
    }
    String head =
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\">\n<title>%s</title>\n",
            WIDTH, y + 10, WIDTH, y + 10, escaped(title));
    return head + STYLE + text(0, 18, "title", "start", title) + body + "</svg>\n";
  }

  private void bar(StringBuilder body, int y, double scale, String name, double value) {
    double length = Math.max(0, value) * scale;
    body.append(text(NAME_WIDTH - 8, y + 11, "name", "end", name));
    body.append(
        format(
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
            colour(name), NAME_WIDTH, y, length, BAR));
    String number = format("%." + digits + "f", value);
    body.append(text((int) (NAME_WIDTH + length) + 6, y + 11, "value", "start", number));
  }

  private static String colour(String name) {
    if (name.endsWith("-fast")) {
      return "fast";
    }
    return name.endsWith("-standard") ? "standard" : "other";
  }

  private static String text(int x, int y, String style, String anchor, String content) {
    return format(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
        style, x, y, anchor, escaped(content));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
