package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which timer is next, whichever others have been taken out. */
class TimerQueueTest {

  private static final IoLoop LOOP = loop();

  private static IoLoop loop() {
    try {
      return new IoLoop(); // only makes the timers
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private final TimerQueue queue = new TimerQueue();

  private static IoLoop.Timer at(long time) {
    return LOOP.new Timer(time, () -> {});
  }

  private List<Long> rest() {
    List<Long> times = new ArrayList<>();
    for (IoLoop.Timer next = queue.poll(); next != null; next = queue.poll()) {
      times.add(next.at);
    }
    return times;
  }

  @Test
  void anEmptyOneHasNoNext() {
    assertThat(queue.peek()).isNull();
    assertThat(queue.poll()).isNull();
  }

  @Test
  void oneThatIsNotInItCannotBeTakenOut() {
    IoLoop.Timer once = at(1);
    queue.remove(once);
    queue.add(once);
    queue.add(at(2));
    assertThat(queue.poll()).isSameAs(once);
    queue.remove(once);
    assertThat(rest()).containsExactly(2L);
  }

  @Test
  void timesAreComparedByTheirDistance() {
    queue.add(at(Long.MIN_VALUE + 1));
    queue.add(at(Long.MAX_VALUE));
    assertThat(rest()).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1);
  }

  @Test
  void whoeverIsTakenOutAndPutBackHasItsNewPlace() {
    IoLoop.Timer moved = at(5);
    queue.add(moved);
    queue.add(at(7));
    queue.remove(moved);
    moved.at = 9;
    queue.add(moved);
    assertThat(rest()).containsExactly(7L, 9L);
  }

  @Test
  void whoeverIsTakenOutOfAFullOneTheOthersStayInTheirOrder() {
    for (long out = 0; out < 64; out++) {
      List<Long> others = new ArrayList<>();
      IoLoop.Timer taken = at(out);
      for (long time = 0; time < 64; time++) {
        queue.add(time == out ? taken : at(time));
        others.add(time);
      }
      queue.remove(taken);
      others.remove(out);
      assertThat(rest()).isEqualTo(others);
    }
  }

  @Property(tries = 300)
  void whatIsLeftComesInItsOrder(@ForAll List<Short> times, @ForAll Random random) {
    List<IoLoop.Timer> kept = new ArrayList<>();
    for (short time : times) {
      IoLoop.Timer timer = at(time);
      kept.add(timer);
      queue.add(timer);
    }
    Collections.shuffle(kept, random);
    for (int out = kept.size() / 2; out > 0; out--) {
      queue.remove(kept.remove(kept.size() - 1));
    }
    assertThat(rest()).containsExactlyElementsOf(kept.stream().map(t -> t.at).sorted().toList());
  }
}
