package dev.sluice.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * What is remembered of each caller, for a bounded number of them and no longer than it matters:
 * after a quiet minute every bucket is full again, as a new one is. Whoever has so many addresses
 * that others are forgotten before their time gains what those addresses would give it anyway. Any
 * thread.
 *
 * @param <V> what is remembered
 */
final class Callers<V> {

  /** A few megabytes of them, with the standard limits. */
  static final int MOST = 16_384;

  private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(61);

  /** The one that has been quiet for longest comes first. */
  private final Map<String, Entry<V>> known = new LinkedHashMap<>(16, 0.75f, true);

  private final IntFunction<V> make;

  /**
   * @param make what a caller begins with who may so much in a minute
   */
  Callers(IntFunction<V> make) {
    this.make = make;
  }

  private record Entry<V>(V value, int limit, long lastAt) {}

  /**
   * What is remembered of a caller.
   *
   * @param limit how much it may in a minute; when that has changed, it begins anew
   * @param now by the monotonic clock
   */
  synchronized V of(String caller, int limit, long now) {
    forget(now);
    Entry<V> entry = known.get(caller);
    V value = entry != null && entry.limit == limit ? entry.value : make.apply(limit);
    known.put(caller, new Entry<>(value, limit, now));
    return value;
  }

  private void forget(long now) {
    Iterator<Entry<V>> quietest = known.values().iterator();
    while (quietest.hasNext()) {
      boolean old = now - quietest.next().lastAt > FORGOTTEN_NANOS;
      if (!old && known.size() < MOST) {
        return;
      }
      quietest.remove();
    }
  }

  synchronized int size() {
    return known.size();
  }
}
