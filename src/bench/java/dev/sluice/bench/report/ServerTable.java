package dev.sluice.bench.report;

import dev.sluice.testkit.ServerKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A table in Markdown with a column for each server that Sluice runs on. */
public final class ServerTable {

  /** The servers in their order, and what a reader knows them as. */
  public static final Map<ServerKind, String> SERVERS = new LinkedHashMap<>();

  static {
    SERVERS.put(ServerKind.EMBEDDED, "embedded");
    SERVERS.put(ServerKind.WILDFLY, "WildFly");
    SERVERS.put(ServerKind.PAYARA, "Payara Micro");
  }

  private final StringBuilder text;

  /** A table without a row; {@code title} stands over the rows' names. */
  public ServerTable(String title) {
    text = new StringBuilder("| " + title + " |");
    SERVERS.values().forEach(name -> text.append(" ").append(name).append(" |"));
    text.append("\n|---|").append("---|".repeat(SERVERS.size())).append("\n");
  }

  /** Adds a row. */
  public ServerTable row(String name, Function<ServerKind, String> cell) {
    text.append("| ").append(name).append(" |");
    SERVERS.keySet().forEach(s -> text.append(" ").append(cell.apply(s)).append(" |"));
    text.append("\n");
    return this;
  }

  /** As Markdown, with an empty line behind it. */
  public String markdown() {
    return text + "\n";
  }
}
