package dev.sluice.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest lines of the record, kept in memory for whoever looks on. Any thread. */
final class AuditTail {

  private final int room;
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * An empty one.
   *
   * @param room how many lines are kept
   */
  AuditTail(int room) {
    this.room = room;
  }

  synchronized void add(String line) {
    if (lines.size() == room) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** At most {@code most} of the newest lines, the oldest first. */
  synchronized List<String> last(int most) {
    return new ArrayList<>(lines).subList(Math.max(0, lines.size() - most), lines.size());
  }
}
