package dev.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to write instead of a name that nobody knows. */
final class Advice {

  private static final int LONGEST_SLIP = 60;

  private Advice() {}

  /**
   * For an unknown key of the file.
   *
   * @param here the keys that may stand in its place
   */
  static String forUnknownKey(String key, List<String> here) {
    if (key.contains(".")) {
      return "nest the parts: "
          + Problems.printable(key.replace(".", ": {"))
          + ": …"
          + "}".repeat((int) key.chars().filter(c -> c == '.').count());
    }
    Optional<String> near = nearest(key, here);
    if (near.isPresent()) {
      return "did you mean " + near.get() + "?";
    }
    String elsewhere =
        Keys.ALL.stream()
            .map(Key::path)
            .filter(path -> path.endsWith("." + key))
            .collect(Collectors.joining(" or "));
    return elsewhere.isEmpty()
        ? "known here: " + String.join(", ", here)
        : "did you mean " + elsewhere + "?";
  }

  /**
   * For an unknown property or variable.
   *
   * @param prefix what all such names have in common
   */
  static String forUnknownName(String name, String prefix, Collection<String> known) {
    String rest = name.substring(prefix.length());
    Stream<String> ends = known.stream().map(k -> k.substring(prefix.length()));
    return nearest(rest, ends.toList())
        .map(near -> "did you mean " + prefix + near + "?")
        .orElse("remove it, or name it as the table of keys does");
  }

  /** The candidate that differs least, if that is little for a word of its length. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() > LONGEST_SLIP) {
      return Optional.empty();
    }
    String plain = plain(word);
    int most = plain.length() < 4 ? 1 : Math.min(3, plain.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= most)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(plain, plain(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Without what separates words, so that {@code highWater} and {@code high_water} are near. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  /** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
