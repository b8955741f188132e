package dev.sluice.bench;

import dev.sluice.bench.peer.PeerKind;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a run is to do, from system properties {@code bench.*}; an empty one counts as not given.
 *
 * @param rounds how often each test of the rounds is run against each peer
 * @param seconds that a test measures
 * @param warm seconds that it runs before it measures
 * @param prime seconds that each peer is put to each test before the first round
 * @param slow seconds that a slow consumer is watched
 * @param idle numbers of idle connections, ascending
 * @param heap of each server, as for {@code -Xmx}
 * @param limited whether each server has its usual limits by caller
 */
record Settings(
    int rounds,
    double seconds,
    double warm,
    double prime,
    double slow,
    List<Integer> idle,
    List<PeerKind> peers,
    List<String> tests,
    String heap,
    boolean limited) {

  /**
   * Reads them.
   *
   * @param property gives a property's value or null
   * @throws IllegalArgumentException when one is wrong; says which, and what there is
   */
  static Settings read(UnaryOperator<String> property) {
    boolean quick = property.apply("bench.quick") != null && isOn(property.apply("bench.quick"));
    Reader in = new Reader(property);
    Settings settings =
        new Settings(
            in.get("rounds", quick ? "2" : "5", Integer::valueOf),
            in.get("seconds", quick ? "0.5" : "1.0", Double::valueOf),
            in.get("warm", "0.3", Double::valueOf),
            in.get("prime", quick ? "0.5" : "3.0", Double::valueOf),
            in.get("slow", quick ? "3" : "6", Double::valueOf),
            in.list("idle", quick ? "1000" : "1000,5000,9500", Integer::valueOf).stream()
                .sorted()
                .toList(),
            in.list("peers", quick ? QUICK_PEERS : usualPeers(), PeerKind::of),
            in.list("tests", quick ? QUICK_TESTS : String.join(",", Plan.usual()), Plan::known),
            in.get("heap", "1g", Settings::sized),
            in.get("limits", "none", Settings::limited));
    if (settings.rounds < 1 || settings.seconds <= 0) {
      throw new IllegalArgumentException("bench.rounds and bench.seconds have to be above zero");
    }
    return settings;
  }

  private static final String QUICK_PEERS = "direct,haproxy,embedded-fast";
  private static final String QUICK_TESTS =
      "down1,up16k_1,up1k_16,rtt1,rtt100,churn,idle,slow_down,slow_up,exact_down,exact_up";

  /** Whether a property that is given or not is given. */
  static boolean isOn(String value) {
    return !value.isEmpty() && !value.equals("false");
  }

  private static String usualPeers() {
    return String.join(",", PeerKind.usual().stream().map(PeerKind::word).toList());
  }

  private static String sized(String heap) {
    if (!heap.matches("[1-9][0-9]*[mg]")) {
      throw new IllegalArgumentException("is not such as 512m or 1g");
    }
    return heap;
  }

  private static boolean limited(String limits) {
    if (!List.of("none", "usual").contains(limits)) {
      throw new IllegalArgumentException("is neither none nor usual");
    }
    return limits.equals("usual");
  }

  /** How servers of ours are set up. */
  PeerKind.Ours ours() {
    return new PeerKind.Ours(List.of("-Xmx" + heap), limited);
  }

  /** Whether a test is to run. */
  boolean wants(String test) {
    return tests.contains(test);
  }

  private record Reader(UnaryOperator<String> property) {

    <T> T get(String name, String usual, Function<String, T> type) {
      String given = property.apply("bench." + name);
      String text = given == null || given.isBlank() ? usual : given.trim();
      try {
        return type.apply(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("bench." + name + "=" + text + ": " + e.getMessage(), e);
      }
    }

    <T> List<T> list(String name, String usual, Function<String, T> type) {
      return get(name, usual, text -> List.of(text.split(" *, *", -1)).stream().map(type).toList());
    }
  }
}
