package dev.sluice.limits;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** A clock that a test moves. */
final class ManualClock implements TimeMeter {

  private long now = 1_000_000_000L;

  void move(Duration by) {
    now += by.toNanos();
  }

  @Override
  public long currentTimeNanos() {
    return now;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
