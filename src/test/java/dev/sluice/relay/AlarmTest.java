package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of an alarm runs when its loop ends, so nothing here waits. */
@Timeout(60)
class AlarmTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final List<String> rang = new CopyOnWriteArrayList<>();

  private void until(Consumer<Alarm> use) throws Exception {
    IoLoops loops = IoLoops.start(1, Thread::new);
    IoLoop loop = loops.next();
    loop.execute(() -> use.accept(new Alarm(loop)));
    loops.stop(20);
  }

  @Test
  void whatIsSetLaterTakesThePlaceOfWhatWasSetBefore() throws Exception {
    until(
        alarm -> {
          alarm.set(HOUR, () -> rang.add("first"));
          alarm.set(HOUR, () -> rang.add("second"));
        });
    assertThat(rang).containsExactly("second");
  }

  @Test
  void whatIsCancelledDoesNotRing() throws Exception {
    until(
        alarm -> {
          alarm.cancel();
          alarm.set(HOUR, () -> rang.add("cancelled"));
          alarm.cancel();
        });
    assertThat(rang).isEmpty();
  }
}
