package dev.sluice.config;

import java.util.Optional;

/** A part of the file that holds keys of its own; only the file can give it. */
record Nested(String description) implements ValueType<Tree.Mapping> {

  @Override
  public Tree.Mapping parse(String text) throws WrongValue {
    throw new WrongValue("is one value where keys belong", "write " + description);
  }

  @Override
  public Optional<Tree.Mapping> read(Tree node, Place place) {
    if (node instanceof Tree.Mapping mapping) {
      return Optional.of(mapping);
    }
    place.report(node.line(), "is " + node.noun() + " where keys belong", "write " + description);
    return Optional.empty();
  }

  @Override
  public String format(Tree.Mapping value) {
    return YamlWriter.flow("", value);
  }

  @Override
  public String describe() {
    return description;
  }
}
