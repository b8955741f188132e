package dev.sluice.relay;

/**
 * A look at one relay; each figure is exact, the record as a whole is not one instant.
 *
 * @param bytesUp bytes taken from the client
 * @param bytesDown bytes read from the target
 * @param bufferedUp bytes waiting for the target
 * @param bufferedDown bytes queued for the client or handed to the container and not completed
 * @param pausedNanosUp how long the client has been stopped, in all
 * @param pausedNanosDown how long the target has been stopped, in all
 * @param pausedUp whether the client is stopped now
 * @param pausedDown whether the target is stopped now: the gate is shut
 * @param mark bytes waiting in one direction above which its source is stopped, as of now
 */
public record RelayStats(
    long bytesUp,
    long bytesDown,
    long bufferedUp,
    long bufferedDown,
    long pausedNanosUp,
    long pausedNanosDown,
    boolean pausedUp,
    boolean pausedDown,
    int mark) {

  static RelayStats of(Upstream up, Downstream down) {
    return new RelayStats(
        up.total(),
        down.total(),
        up.buffered(),
        down.buffered(),
        up.pauses().nanos(),
        down.pauses().nanos(),
        up.pauses().isStopped(),
        down.pauses().isStopped(),
        down.mark());
  }

  /** Bytes buffered in both directions. */
  public long buffered() {
    return bufferedUp + bufferedDown;
  }
}
