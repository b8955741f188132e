package dev.sluice.bench.trial;

import dev.sluice.bench.load.Target;

/**
 * What all tests share.
 *
 * @param target what every peer leads to
 * @param warm seconds that a test runs before it measures
 * @param seconds that a test measures
 * @param slow seconds that a slow consumer is watched
 */
public record Lab(Target target, double warm, double seconds, double slow) {

  private static final double MOST_CLOSING = 5;

  /** Cuts the target's connections: who has been slow would take long to come to their end. */
  void cut() throws InterruptedException {
    target.awaitClosed(0);
  }

  /** Lets the target's connections of the last test go; a note of those that stayed. */
  Figures settle(Figures figures) throws InterruptedException {
    int left = target.awaitClosed(MOST_CLOSING);
    return left == 0
        ? figures
        : figures.error(left + " connections to the target stayed open for 5 s");
  }
}
