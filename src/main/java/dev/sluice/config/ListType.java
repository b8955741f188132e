package dev.sluice.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Several values of one type: a YAML list in the file; in a property or the environment one text,
 * cut at its commas, where the empty text is the empty list.
 *
 * @param mayBeEmpty whether an empty list means something other than an absent key
 */
record ListType<E>(ValueType<E> element, boolean mayBeEmpty) implements ValueType<List<E>> {

  @Override
  public List<E> parse(String text) throws WrongValue {
    List<E> values = new ArrayList<>();
    for (String part : parts(text)) {
      values.add(element.parse(part));
    }
    return List.copyOf(values);
  }

  /** Reports each wrong element by itself. */
  @Override
  public Optional<List<E>> parse(String text, int line, Place place) {
    List<String> parts = parts(text);
    List<E> values = new ArrayList<>();
    parts.forEach(part -> element.parse(part, line, place).ifPresent(values::add));
    return values.size() == parts.size() ? Optional.of(values) : Optional.empty();
  }

  private static List<String> parts(String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  @Override
  public Optional<List<E>> read(Tree node, Place place) {
    if (!(node instanceof Tree.Sequence sequence)) {
      place.report(
          node.line(),
          "is " + node.noun() + " where a list belongs",
          node instanceof Tree.Scalar scalar && !scalar.isNull()
              ? "put it into brackets: [" + place.quote(scalar.text()) + "]"
              : "write a list in brackets, [] for an empty one");
      return Optional.empty();
    }
    if (sequence.items().isEmpty() && !mayBeEmpty) {
      place.report(
          node.line(), "is an empty list", "write at least one element, or leave the key out");
      return Optional.empty();
    }
    List<E> values = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      element.read(sequence.items().get(i), place.item(i)).ifPresent(values::add);
    }
    // an element that is wrong has been reported, so the list is not complete
    return values.size() == sequence.items().size() ? Optional.of(values) : Optional.empty();
  }

  @Override
  public String format(List<E> value) {
    return value.stream().map(element::format).collect(Collectors.joining(","));
  }

  @Override
  public Tree toTree(List<E> value) {
    return Tree.Sequence.of(value.stream().map(element::format));
  }

  @Override
  public String describe() {
    return "list of " + element.describe();
  }
}
