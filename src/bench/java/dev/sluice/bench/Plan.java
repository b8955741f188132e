package dev.sluice.bench;

import dev.sluice.bench.attack.Attack;
import dev.sluice.bench.trial.ChurnTrial;
import dev.sluice.bench.trial.DownTrial;
import dev.sluice.bench.trial.ExactTrial;
import dev.sluice.bench.trial.HostileTrial;
import dev.sluice.bench.trial.RoundTripTrial;
import dev.sluice.bench.trial.SlowTrial;
import dev.sluice.bench.trial.Trial;
import dev.sluice.bench.trial.UpTrial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tests by their names, and the order in which peers are put to them. */
final class Plan {

  /** Not one of the maps below: it wants a fresh process. */
  static final String IDLE = "idle";

  /** How the names begin of those with an attacker: they want another heap, so another run. */
  private static final String HOSTILE = "hostile_";

  /** The same, of an attack that has an end. */
  private static final String ONCE = "once_";

  private static final int KIB = 1024;

  private Plan() {}

  /** Those that run in rounds. */
  static Map<String, Trial> rounds() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    trials.put("down1", new DownTrial(1));
    trials.put("down16", new DownTrial(16));
    trials.put("up16k_1", new UpTrial(16 * KIB, 1));
    trials.put("up16k_16", new UpTrial(16 * KIB, 16));
    trials.put("up1k_1", new UpTrial(KIB, 1));
    trials.put("up1k_16", new UpTrial(KIB, 16));
    trials.put("rtt1", new RoundTripTrial(1));
    trials.put("rtt100", new RoundTripTrial(100));
    trials.put("churn", new ChurnTrial(8));
    for (Attack attack : Attack.values()) {
      trials.put(ONCE + attack.word(), new HostileTrial(attack, true));
    }
    for (Attack attack : Attack.values()) {
      trials.put(HOSTILE + attack.word(), new HostileTrial(attack, false));
    }
    return trials;
  }

  /** Those that run once. */
  static Map<String, Trial> once() {
    Map<String, Trial> trials = new LinkedHashMap<>();
    trials.put("exact_down", new ExactTrial(true));
    trials.put("exact_up", new ExactTrial(false));
    trials.put("slow_down", new SlowTrial(true));
    trials.put("slow_up", new SlowTrial(false));
    return trials;
  }

  /** All names. */
  static List<String> names() {
    List<String> names = new ArrayList<>(rounds().keySet());
    names.add(IDLE);
    names.addAll(once().keySet());
    return names;
  }

  /** The names of those that run when none is named. */
  static List<String> usual() {
    return names().stream()
        .filter(name -> !name.startsWith(HOSTILE) && !name.startsWith(ONCE))
        .toList();
  }

  /** The name itself, if there is such a test. */
  static String known(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no test " + name + ", there are " + names());
    }
    return name;
  }

  /** All, from number {@code round} on and then those before it: nobody is always the first. */
  static <T> List<T> rotated(List<T> all, int round) {
    int first = all.isEmpty() ? 0 : round % all.size();
    List<T> rotated = new ArrayList<>(all.subList(first, all.size()));
    rotated.addAll(all.subList(0, first));
    return rotated;
  }
}
