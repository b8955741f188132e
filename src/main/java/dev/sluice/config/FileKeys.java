package dev.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the file gives for each known key; keys that nobody knows are reported. */
final class FileKeys {

  private final Place root;
  private final Map<String, Tree> found = new HashMap<>();

  private FileKeys(Place root) {
    this.root = root;
  }

  static FileKeys none(Place root) {
    return new FileKeys(root);
  }

  static FileKeys of(Tree document, Place root) {
    FileKeys keys = new FileKeys(root);
    if (document instanceof Tree.Mapping mapping) {
      keys.section(mapping, root, "");
    } else {
      root.report(
          document.line(),
          "is " + document.noun() + " where sections belong",
          "write listen:, rules: and so on");
    }
    return keys;
  }

  /** What stands at a path. */
  Optional<Tree> at(String path) {
    return Optional.ofNullable(found.get(path));
  }

  /** The place of a path, for reports about its value. */
  Place place(String path) {
    return root.child(path);
  }

  private void section(Tree.Mapping mapping, Place place, String prefix) {
    List<String> here = names(prefix);
    for (Tree.Entry entry : mapping.entries()) {
      String path = prefix + entry.key();
      if (!here.contains(entry.key())) {
        place
            .child(Problems.printable(entry.key()))
            .report(entry.line(), "is not a known key", Advice.forUnknownKey(entry.key(), here));
      } else if (Keys.PATHS.contains(path)) {
        found.put(path, entry.value());
      } else {
        subsection(entry, place, path);
      }
    }
  }

  private void subsection(Tree.Entry entry, Place place, String path) {
    Tree value = entry.value();
    if (value instanceof Tree.Mapping mapping) {
      section(mapping, place.child(entry.key()), path + ".");
    } else if (!(value instanceof Tree.Scalar scalar && scalar.isNull())) {
      // nothing at all is what commenting out every key of a section leaves
      place
          .child(entry.key())
          .report(
              entry.line(),
              "is " + value.noun() + " where a section belongs",
              "write " + entry.key() + ": {" + names(path + ".").get(0) + ": …}");
    }
  }

  /** The names of the keys and sections directly below a prefix, sorted. */
  private static List<String> names(String prefix) {
    return Keys.PATHS.stream()
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()))
        .map(path -> path.contains(".") ? path.substring(0, path.indexOf('.')) : path)
        .distinct()
        .sorted()
        .toList();
  }
}
