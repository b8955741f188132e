package dev.sluice.relay;

/**
 * So many bytes a second each way: of one tunnel, or of all that are given the same throttle
 * together. Any thread.
 */
public final class Throttle {

  private final ByteRate up;
  private final ByteRate down;

  /**
   * Makes a throttle that nothing has passed yet.
   *
   * @param bytesPerSecond each way, more than zero
   */
  public Throttle(long bytesPerSecond) {
    this.up = new ByteRate(bytesPerSecond);
    this.down = new ByteRate(bytesPerSecond);
  }

  /** Bytes a second, each way. */
  public long bytesPerSecond() {
    return up.bytesPerSecond();
  }

  ByteRate up() {
    return up;
  }

  ByteRate down() {
    return down;
  }
}
