package dev.sluice.relay;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A loop's timers, the next one first. Each knows its place in the heap, so that taking one out
 * takes no search: of every tunnel that ends a timer stays for seconds, and there may be many
 * thousands. One thread.
 */
final class TimerQueue {

  private static final int ROOM = 64;

  private IoLoop.@Nullable Timer[] heap = new IoLoop.Timer[ROOM];
  private int size;

  /** Adds one that is not in it. Without memory for it nothing is changed. */
  void add(IoLoop.Timer timer) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    size++;
    rise(timer, size - 1);
  }

  /** The next; null where there is none. */
  IoLoop.@Nullable Timer peek() {
    return heap[0];
  }

  /** Takes the next one out; null where there is none. */
  IoLoop.@Nullable Timer poll() {
    IoLoop.Timer next = heap[0];
    if (next != null) {
      remove(next);
    }
    return next;
  }

  /** Takes one out; nothing where it is not in it. */
  void remove(IoLoop.Timer timer) {
    int gap = timer.place;
    if (gap < 0) {
      return;
    }
    timer.place = IoLoop.Timer.NOWHERE;
    size--;
    IoLoop.Timer last = heap[size];
    heap[size] = null;
    if (last != null && last != timer) {
      sink(last, gap);
      if (last.place == gap) {
        rise(last, gap);
      }
    }
  }

  /** Puts a timer where a gap is, or nearer to the top: whoever is later makes room. */
  private void rise(IoLoop.Timer timer, int from) {
    int gap = from;
    while (gap > 0) {
      IoLoop.Timer above = heap[(gap - 1) / 2];
      if (above == null || above.at - timer.at <= 0) {
        break;
      }
      put(above, gap);
      gap = (gap - 1) / 2;
    }
    put(timer, gap);
  }

  /** Puts a timer where a gap is, or farther from the top: whoever is sooner moves up. */
  private void sink(IoLoop.Timer timer, int from) {
    int gap = from;
    while (true) {
      IoLoop.Timer sooner = soonerBelow(gap);
      if (sooner == null || timer.at - sooner.at <= 0) {
        break;
      }
      int next = sooner.place;
      put(sooner, gap);
      gap = next;
    }
    put(timer, gap);
  }

  private IoLoop.@Nullable Timer soonerBelow(int place) {
    int below = 2 * place + 1;
    IoLoop.Timer one = below < size ? heap[below] : null;
    IoLoop.Timer other = below + 1 < size ? heap[below + 1] : null;
    return one == null || other == null || one.at - other.at <= 0 ? one : other;
  }

  private void put(IoLoop.Timer timer, int place) {
    heap[place] = timer;
    timer.place = place;
  }
}
