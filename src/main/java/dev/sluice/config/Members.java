package dev.sluice.config;

import java.util.List;
import java.util.Optional;

/** The keys of one part that only the file can give, such as a rule; unknown ones are reported. */
final class Members {

  private final Tree.Mapping node;
  private final Place place;

  private Members(Tree.Mapping node, Place place) {
    this.node = node;
    this.place = place;
  }

  /** Empty when {@code node} is no mapping, which has been reported. */
  static Optional<Members> of(Tree node, Place place, List<Member<?>> known) {
    List<String> names = known.stream().<String>map(Member::name).sorted().toList();
    if (!(node instanceof Tree.Mapping mapping)) {
      place.report(
          node.line(),
          "is " + node.noun() + " where " + String.join(", ", names) + " belong",
          "write {" + known.get(0).name() + ": …}");
      return Optional.empty();
    }
    for (Tree.Entry entry : mapping.entries()) {
      if (!names.contains(entry.key())) {
        place
            .child(Problems.printable(entry.key()))
            .report(entry.line(), "is not a known key", Advice.forUnknownKey(entry.key(), names));
      }
    }
    return Optional.of(new Members(mapping, place));
  }

  /** The member's value; empty when it is absent, or wrong, which has been reported. */
  <T> Optional<T> get(Member<T> member) {
    return entry(member)
        .flatMap(entry -> member.type().read(entry.value(), place.child(member.name())));
  }

  /** The place of a member, for reports about what is in it. */
  Place place(Member<?> member) {
    return place.child(member.name());
  }

  /** The line of this part. */
  int line() {
    return node.line();
  }

  boolean has(Member<?> member) {
    return entry(member).isPresent();
  }

  private Optional<Tree.Entry> entry(Member<?> member) {
    return node.entries().stream().filter(e -> e.key().equals(member.name())).findFirst();
  }
}
