package dev.sluice.bench;

import java.util.Locale;
import java.util.function.Consumer;

/** Tells how far a run is, a line a step, and about how long it will take from here. */
final class Progress {

  private final Consumer<String> out;
  private final long startedAt = System.nanoTime();
  private double allSeconds;
  private double doneSeconds;

  Progress(Consumer<String> out) {
    this.out = out;
  }

  /** Something is to be done that should take so long. */
  void expect(double seconds) {
    allSeconds += seconds;
  }

  /**
   * One step is done.
   *
   * @param seconds that it was expected to take
   */
  void done(double seconds, String what) {
    doneSeconds += seconds;
    double spent = (System.nanoTime() - startedAt) / 1e9;
    // what was slower than expected so far will be so from here on
    double left = (allSeconds - doneSeconds) * spent / Math.max(doneSeconds, 1e-3);
    double percent = 100 * doneSeconds / allSeconds;
    out.accept(String.format(Locale.ROOT, "%3.0f %%  %-66s %s left", percent, what, text(left)));
  }

  /** A line that is no step. */
  void say(String line) {
    out.accept("       " + line);
  }

  private static String text(double seconds) {
    long whole = Math.round(Math.max(0, seconds));
    return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
