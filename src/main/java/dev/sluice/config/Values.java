package dev.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The value of each key: property before environment before file before default. What a stronger
 * source overrides is checked all the same.
 */
final class Values {

  private static final String DEFAULT = "default";

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final FileKeys file;
  private final Problems problems;
  private final Map<String, Setting> settings = new HashMap<>();

  Values(
      Map<String, String> properties,
      Map<String, String> environment,
      FileKeys file,
      Problems problems) {
    this.properties = properties;
    this.environment = environment;
    this.file = file;
    this.problems = problems;
  }

  /** The value that holds; the default where all that was given is wrong, which is reported. */
  <T> T get(Key<T> key) {
    Optional<Found<T>> property =
        text(key, properties.get(key.property()), "property " + key.property());
    Optional<Found<T>> variable =
        text(key, environment.get(key.variable()), "environment " + key.variable());
    Optional<Found<T>> inFile = file.at(key.path()).flatMap(node -> inFile(key, node));
    Found<T> holds =
        Stream.of(property, variable, inFile)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(new Found<>(key.standard(), DEFAULT));
    settings.put(key.path(), new Setting(key.path(), key.type().toTree(holds.value), holds.source));
    return holds.value;
  }

  /** Reports what is wrong with a key beside the others, at the source of its value. */
  void report(Key<?> key, String what, String advice) {
    String source = Objects.requireNonNull(settings.get(key.path()), key.path()).source();
    boolean named = source.endsWith(key.property()) || source.endsWith(key.variable());
    problems.add(named ? source : source + " " + key.path(), what, advice);
  }

  /** What the file has for one of the sections that only it can give, as it is written there. */
  Optional<Tree> structure(String path, Tree standard) {
    Optional<Tree> node = file.at(path);
    settings.put(
        path,
        node.isPresent()
            ? new Setting(path, node.get(), file.place(path).source())
            : new Setting(path, standard, DEFAULT));
    return node;
  }

  /** The place of such a section. */
  Place place(String path) {
    return file.place(path);
  }

  /** Every setting, once each has been asked for. */
  List<Setting> settings() {
    return Keys.PATHS.stream()
        .map(path -> Objects.requireNonNull(settings.get(path), path))
        .toList();
  }

  private <T> Optional<Found<T>> inFile(Key<T> key, Tree node) {
    Place place = file.place(key.path());
    return key.type()
        .read(node, place)
        .map(value -> new Found<>(value, place.source() + ":" + node.line()));
  }

  private <T> Optional<Found<T>> text(Key<T> key, @Nullable String text, String source) {
    return text == null
        ? Optional.empty()
        : key.type()
            .parse(text, 0, new Place(source, "", problems))
            .map(value -> new Found<>(value, source));
  }

  private record Found<T>(T value, String source) {}
}
