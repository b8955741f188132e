package dev.sluice.bench.load;

/** A rate in bytes a second, kept to by whoever asks for room and says what moved. */
public final class Pace {

  /** No rate. */
  static final Pace NONE = new Pace(0);

  private static final double BURST_SECONDS = 0.1;

  private final double rate;
  private double credit;
  private long asked;

  /** Room for so many bytes a second, and for a tenth of a second's at once. */
  public Pace(long bytesPerSecond) {
    this.rate = bytesPerSecond;
  }

  /** How many bytes may move at {@code now}, by {@link System#nanoTime}. */
  public long room(long now) {
    if (asked != 0) {
      credit = Math.min(credit + rate * (now - asked) / 1e9, rate * BURST_SECONDS);
    }
    asked = now;
    return (long) Math.max(0, credit);
  }

  /** So many moved. */
  public void moved(long bytes) {
    credit -= bytes;
  }
}
