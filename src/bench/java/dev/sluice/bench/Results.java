package dev.sluice.bench;

import dev.sluice.bench.trial.Figures;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** The file of what was found: a line of JSON for each run of a test, written at once. */
final class Results {

  private final Path file;

  private Results(Path file) {
    this.file = file;
  }

  /**
   * Begins a file; its first line says on what machine.
   *
   * @param machine facts by their names
   */
  static Results begin(Path file, Map<String, String> machine) throws IOException {
    Files.createDirectories(file.getParent());
    JsonObjectBuilder facts = Json.createObjectBuilder();
    machine.forEach(facts::add);
    String line = Json.createObjectBuilder().add("machine", facts).build().toString();
    Files.writeString(file, line + "\n");
    return new Results(file);
  }

  /**
   * Adds one run.
   *
   * @param round from 1 on; 0 for a test that runs once
   */
  void add(int round, String test, String peer, Figures figures) throws IOException {
    JsonObjectBuilder values = Json.createObjectBuilder();
    figures.values().forEach((name, value) -> put(values, name, value));
    String line =
        Json.createObjectBuilder()
            .add("round", round)
            .add("test", test)
            .add("peer", peer)
            .add("figures", values)
            .build()
            .toString();
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  private static void put(JsonObjectBuilder values, String name, Object value) {
    if (value instanceof Double number) {
      values.add(name, Math.rint(number * 1000) / 1000);
    } else if (value instanceof Boolean answer) {
      values.add(name, answer);
    } else {
      values.add(name, value.toString());
    }
  }
}
