package dev.sluice.probe;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connect of a ping.
 *
 * @param nanos around the connect alone, by the monotonic clock; zero when lost
 * @param failure null when the connect succeeded
 * @param message what went wrong; empty when nothing did
 */
public record PingSample(long nanos, @Nullable ProbeFailure failure, String message) {

  static PingSample connected(long nanos) {
    return new PingSample(nanos, null, "");
  }

  static PingSample lost(ProbeFailure failure, String message) {
    return new PingSample(0, Objects.requireNonNull(failure), message);
  }

  /** Whether the connect did not succeed. */
  public boolean isLost() {
    return failure != null;
  }
}
