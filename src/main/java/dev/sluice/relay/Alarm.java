package dev.sluice.relay;

import org.jspecify.annotations.Nullable;

/** A place for one timer at most. The loop's thread. */
final class Alarm {

  private final IoLoop loop;
  private IoLoop.@Nullable Timer timer;

  Alarm(IoLoop loop) {
    this.loop = loop;
  }

  /** Runs {@code task} after {@code nanos}, instead of what was to run before. */
  void set(long nanos, Runnable task) {
    cancel();
    timer = loop.schedule(nanos, task);
  }

  /** Runs nothing. */
  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
