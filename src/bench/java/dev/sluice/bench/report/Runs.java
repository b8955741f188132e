package dev.sluice.bench.report;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** All runs of all tests, and what can be asked of them. */
final class Runs {

  /** What every ratio is to. */
  static final String REFERENCE = "haproxy";

  /** The target itself, with nothing in between. */
  static final String DIRECT = "direct";

  private record Key(String test, String peer) {}

  private final Map<String, String> machine = new LinkedHashMap<>();
  private final Map<Key, Map<Integer, JsonObject>> rounds = new LinkedHashMap<>();
  private final Set<String> tests = new LinkedHashSet<>();
  private final Set<String> peers = new LinkedHashSet<>();

  /** Reads the file that a run wrote. A last line that was cut short is passed over. */
  static Runs read(Path file) throws IOException {
    Runs runs = new Runs();
    for (String line : Files.readAllLines(file)) {
      if (line.endsWith("}")) {
        try (var reader = Json.createReader(new StringReader(line))) {
          runs.add(reader.readObject());
        }
      }
    }
    return runs;
  }

  private void add(JsonObject line) {
    if (line.containsKey("machine")) {
      JsonObject facts = line.getJsonObject("machine");
      facts.forEach((name, value) -> machine.put(name, ((JsonString) value).getString()));
      return;
    }
    String test = line.getString("test");
    String peer = line.getString("peer");
    tests.add(test);
    peers.add(peer);
    rounds
        .computeIfAbsent(new Key(test, peer), k -> new TreeMap<>())
        .put(line.getInt("round"), line.getJsonObject("figures"));
  }

  Map<String, String> machine() {
    return machine;
  }

  /** Names of the tests that ran, in their order. */
  Set<String> tests() {
    return tests;
  }

  /** Names of the peers: what is nothing, what all is compared with, the others in their order. */
  List<String> peers() {
    List<String> ordered = new ArrayList<>(List.of(DIRECT, REFERENCE));
    ordered.retainAll(peers);
    peers.stream().filter(peer -> !ordered.contains(peer)).forEach(ordered::add);
    return ordered;
  }

  /** How many rounds there were of a test with a peer. */
  int count(String test, String peer) {
    return of(test, peer).size();
  }

  private Map<Integer, JsonObject> of(String test, String peer) {
    return rounds.getOrDefault(new Key(test, peer), Map.of());
  }

  /** The median of a figure over the rounds. */
  OptionalDouble median(String test, String peer, String figure) {
    List<Double> values = new ArrayList<>();
    of(test, peer).values().forEach(run -> number(run, figure).ifPresent(values::add));
    return Median.of(values);
  }

  /** The median over the rounds of the ratio to HAProxy's figure in the same round. */
  OptionalDouble ratio(String test, String peer, String figure) {
    return compared(test, peer, REFERENCE, figure, (mine, its) -> mine / its);
  }

  /** The same ratio, to any other peer. */
  OptionalDouble ratioTo(String other, String test, String peer, String figure) {
    return compared(test, peer, other, figure, (mine, its) -> mine / its);
  }

  private OptionalDouble compared(
      String test, String peer, String other, String figure, DoubleBinaryOperator comparison) {
    List<Double> values = new ArrayList<>();
    Map<Integer, JsonObject> theirs = of(test, other);
    of(test, peer)
        .forEach(
            (round, run) -> {
              Optional<Double> mine = number(run, figure);
              Optional<Double> its =
                  Optional.ofNullable(theirs.get(round)).flatMap(r -> number(r, figure));
              if (mine.isPresent() && its.isPresent() && its.get() > 0) {
                values.add(comparison.applyAsDouble(mine.get(), its.get()));
              }
            });
    return Median.of(values);
  }

  /** What a figure that is no number said in the first round. */
  Optional<String> text(String test, String peer, String figure) {
    return of(test, peer).values().stream()
        .findFirst()
        .map(run -> run.get(figure))
        .map(value -> value instanceof JsonString text ? text.getString() : value.toString());
  }

  /** What went wrong: {@code test, peer: error}. */
  List<String> errors() {
    List<String> errors = new ArrayList<>();
    rounds.forEach(
        (key, runs) ->
            runs.values().stream()
                .filter(run -> run.containsKey("error"))
                .map(run -> key.test + ", " + key.peer + ": " + run.getString("error"))
                .distinct()
                .forEach(errors::add));
    return errors;
  }

  private static Optional<Double> number(JsonObject run, String figure) {
    JsonValue value = run.get(figure);
    return value instanceof JsonNumber number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }
}
