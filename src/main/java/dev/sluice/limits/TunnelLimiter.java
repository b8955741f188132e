package dev.sluice.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts what is open and gives leave for more while there is room. A slot that nobody holds is not
 * kept, so what is kept is bounded by what is open. Any thread.
 */
public final class TunnelLimiter {

  /** Nobody knows when a tunnel will end: what to tell those who find no room. */
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final Supplier<LimitSettings> settings;
  private final Map<Slot, Integer> held = new ConcurrentHashMap<>();

  /**
   * @param settings those of the moment
   */
  public TunnelLimiter(Supplier<LimitSettings> settings) {
    this.settings = settings;
  }

  /** What came of asking for a permit. */
  public sealed interface Answer {
    /** There was room. */
    record Granted(Permit permit) implements Answer {}

    /** There was not, and nothing is held. */
    record Refused(Exhausted why) implements Answer {}
  }

  /** Takes one of each slot, or nothing. */
  public Answer take(Collection<Slot> slots) {
    LimitSettings now = settings.get();
    List<Slot> taken = new ArrayList<>();
    for (Slot slot : new LinkedHashSet<>(slots)) {
      if (!take(slot, slot.limit().of(now))) {
        giveBack(taken);
        return new Answer.Refused(new Exhausted(slot.limit(), WAIT));
      }
      taken.add(slot);
    }
    return new Answer.Granted(() -> giveBack(taken));
  }

  /** The first of the slots that is full; takes nothing. */
  public Optional<Exhausted> look(Collection<Slot> slots) {
    LimitSettings now = settings.get();
    return slots.stream()
        .filter(slot -> held.getOrDefault(slot, 0) >= slot.limit().of(now))
        .findFirst()
        .map(slot -> new Exhausted(slot.limit(), WAIT));
  }

  private boolean take(Slot slot, int most) {
    boolean[] granted = new boolean[1];
    held.compute(
        slot,
        (key, count) -> {
          int before = count == null ? 0 : count;
          granted[0] = before < most;
          return granted[0] ? Integer.valueOf(before + 1) : count;
        });
    return granted[0];
  }

  /** Each once, however often this is asked for, also where it once found no memory. */
  private void giveBack(List<Slot> taken) {
    synchronized (taken) {
      while (!taken.isEmpty()) {
        int last = taken.size() - 1;
        held.computeIfPresent(taken.get(last), (key, count) -> count == 1 ? null : count - 1);
        taken.remove(last);
      }
    }
  }

  /** How many are held of the slot of which most are held. */
  public int fullest(Limit limit) {
    return held.entrySet().stream()
        .filter(entry -> entry.getKey().limit() == limit)
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(0);
  }
}
