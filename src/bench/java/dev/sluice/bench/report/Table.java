package dev.sluice.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A table in Markdown with a row for each peer; a peer that has no cell has no row. */
final class Table {

  private static final String NOTHING = "–";

  private record Column(String title, Function<String, String> cell) {}

  private final String title;
  private final List<Column> columns = new ArrayList<>();

  Table(String title) {
    this.title = title;
  }

  /**
   * Adds a column.
   *
   * @param cell what it says of a peer; empty: nothing
   */
  Table column(String title, Function<String, String> cell) {
    columns.add(new Column(title, cell));
    return this;
  }

  /** As Markdown, or nothing where there is no row. */
  String markdown(Iterable<String> peers) {
    StringBuilder rows = new StringBuilder();
    for (String peer : peers) {
      List<String> cells = columns.stream().map(c -> c.cell().apply(peer)).toList();
      if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
        rows.append("| ").append(peer);
        cells.forEach(cell -> rows.append(" | ").append(cell.isEmpty() ? NOTHING : cell));
        rows.append(" |\n");
      }
    }
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder head = new StringBuilder("## " + title + "\n\n| |");
    columns.forEach(c -> head.append(' ').append(c.title()).append(" |"));
    head.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
    return head.append(rows).append('\n').toString();
  }
}
