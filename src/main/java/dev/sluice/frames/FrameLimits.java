package dev.sluice.frames;

/**
 * What one client may ask of the reader beyond carrying bytes. Payload itself is not limited here:
 * it is handed on as it comes and nothing is kept, whatever length a frame declares. Nor are small
 * frames: a frame of one byte costs a few nanoseconds, the wire limits them.
 *
 * @param controlFramesPerSecond frames that carry nothing, for good: pings, pongs, and empty data
 *     frames that follow an empty one; default 100, far above any keep-alive
 * @param controlFrameBurst how many of them may come at once, such as after a time in which the
 *     client was not read from; default 1,000
 * @param fragmentsPerMessage frames of one message; default 1,048,576, so that a message of 1 GiB
 *     may come in fragments of 1 KiB
 */
public record FrameLimits(
    int controlFramesPerSecond, int controlFrameBurst, int fragmentsPerMessage) {

  public static final FrameLimits DEFAULTS = new FrameLimits(100, 1_000, 1 << 20);

  /** Checks that every limit lets something pass. */
  public FrameLimits {
    if (controlFramesPerSecond < 1 || controlFrameBurst < 1 || fragmentsPerMessage < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }
}
