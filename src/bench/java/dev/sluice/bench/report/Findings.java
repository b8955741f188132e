package dev.sluice.bench.report;

import dev.sluice.bench.trial.Figures;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What was found, a file for each part on each server; a run replaces those of its own. */
public record Findings(Path directory) {

  private static final String SUFFIX = ".json";

  /** One part on one server. */
  public record Finding(String server, String part, JsonObject figures, JsonObject machine) {

    /** A number, if it was found. */
    public OptionalDouble number(String name) {
      return figures.get(name) instanceof JsonNumber number
          ? OptionalDouble.of(number.doubleValue())
          : OptionalDouble.empty();
    }

    /** Why it is no good, if it is not. */
    public Optional<String> error() {
      return Optional.ofNullable(figures.getString(Figures.ERROR, null));
    }

    /** What became of it in smaller heaps; empty: none was tried. */
    public String smaller() {
      return figures.getString("smaller", "");
    }
  }

  /** Writes one. */
  public void add(String server, String part, Figures figures, Map<String, String> machine)
      throws IOException {
    JsonObjectBuilder values = Json.createObjectBuilder();
    figures.values().forEach((name, value) -> values.add(name, json(value)));
    JsonObjectBuilder facts = Json.createObjectBuilder();
    machine.forEach(facts::add);
    JsonObject finding =
        Json.createObjectBuilder()
            .add("server", server)
            .add("part", part)
            .add("figures", values)
            .add("machine", facts)
            .build();
    Files.writeString(directory.resolve(server + "-" + part + SUFFIX), finding + "\n");
  }

  private static JsonValue json(Object value) {
    return value instanceof Double number
        ? Json.createValue(Math.rint(number * 1000) / 1000)
        : Json.createValue(value.toString());
  }

  /** All that there are, of this run and those before it. */
  public List<Finding> all() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().map(Findings::read).toList();
    }
  }

  private static Finding read(Path file) {
    try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
      JsonObject json = reader.readObject();
      return new Finding(
          json.getString("server"),
          json.getString("part"),
          json.getJsonObject("figures"),
          json.getJsonObject("machine"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
