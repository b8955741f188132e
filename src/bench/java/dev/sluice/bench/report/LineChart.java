package dev.sluice.bench.report;

import java.util.Locale;

/** A figure over time as an SVG, from zero upwards. */
public final class LineChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 240;
  private static final int LEFT = 70;
  private static final int TOP = 34;
  private static final int BOTTOM = 28;
  private static final String STYLE =
      "<style>text{font:12px system-ui,sans-serif;fill:#767676}"
          + ".title{font-size:15px;font-weight:600}"
          + "polyline{fill:none;stroke:#2f81f7;stroke-width:2}"
          + "line{stroke:#767676;stroke-dasharray:3 3}</style>\n";

  private LineChart() {}

  /**
   * The whole file.
   *
   * @param title without markup
   * @param seconds of each point, ascending
   * @param values as many, none below zero
   */
  public static String svg(String title, double[] seconds, double[] values) {
    double most = 0;
    for (double value : values) {
      most = Math.max(most, value);
    }
    double last = seconds.length == 0 ? 1 : Math.max(1, seconds[seconds.length - 1]);
    double x = (WIDTH - LEFT - 10) / last;
    double y = (HEIGHT - TOP - BOTTOM) / (most > 0 ? most : 1);
    int floor = HEIGHT - BOTTOM;
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < seconds.length; i++) {
      points.append(format("%.1f,%.1f ", LEFT + seconds[i] * x, floor - values[i] * y));
    }
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\">\n<title>%s</title>\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT, title)
        + STYLE
        + text(0, 18, "title", "start", title)
        + rule(TOP)
        + rule(floor)
        + text(LEFT - 8, TOP + 4, "value", "end", format("%,.0f", most))
        + text(LEFT - 8, floor + 4, "value", "end", "0")
        + text(LEFT, HEIGHT - 8, "value", "start", "0 s")
        + text(WIDTH - 10, HEIGHT - 8, "value", "end", format("%.0f s", last))
        + format("<polyline points=\"%s\"/>\n</svg>\n", points.toString().trim());
  }

  private static String rule(int y) {
    return format("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", LEFT, y, WIDTH - 10, y);
  }

  private static String text(int x, int y, String style, String anchor, String content) {
    return format(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
        style, x, y, anchor, content);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
