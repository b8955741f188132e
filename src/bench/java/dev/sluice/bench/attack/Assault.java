package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Link;
import java.util.ArrayDeque;

/**
 * Clients that misbehave until they have done what they are to do, and come again when they are cut
 * off before.
 */
abstract class Assault extends Crowd {

  private static final long STEP_MILLIS = 1;

  private final int size;
  private final long most;
  private final ArrayDeque<Integer> gone = new ArrayDeque<>();
  private long done;

  /**
   * Clients that are still to connect.
   *
   * @param size how many there are at a time
   * @param receiveBuffer of each socket, in bytes; zero: the kernel's choice
   * @param most how much they do in all
   */
  Assault(Address address, int size, int receiveBuffer, long most) {
    super(address, receiveBuffer);
    this.size = size;
    this.most = most;
  }

  /** Goes on for a millisecond or so. */
  final void turn() {
    while (links().size() < size && !isOver()) {
      add();
    }
    poll(STEP_MILLIS);
    for (int left = gone.size(); left > 0; left--) {
      int index = gone.remove();
      if (!isOver()) {
        replace(index);
      }
    }
    tick(System.nanoTime());
  }

  /** What goes by the clock; {@code now} is by {@link System#nanoTime}. */
  void tick(long now) {}

  @Override
  public final void ended(Link link) {
    super.ended(link);
    gone.add(link.number());
  }

  /** Whether they have done what they were to do. */
  final boolean isOver() {
    return done >= most;
  }

  final void did(long count) {
    done += count;
  }

  /** What was done until now. */
  final Tally tally() {
    return new Tally(done, opened(), problem());
  }
}
