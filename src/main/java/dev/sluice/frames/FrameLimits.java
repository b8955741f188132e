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
 * @param fragmentsPerMessage frames of one message, and one more for every 16 bytes that it has
 *     carried: a message of any length may come in fragments that carry something, as Autobahn's of
 *     4 MiB in fragments of 64 bytes; default 1,024
 */
public record FrameLimits(
    int controlFramesPerSecond, int controlFrameBurst, int fragmentsPerMessage) {

  public static final FrameLimits DEFAULTS = new FrameLimits(100, 1_000, 1_024);

  /** Checks that every limit lets something pass. */
  public FrameLimits {
    if (controlFramesPerSecond < 1 || controlFrameBurst < 1 || fragmentsPerMessage < 1) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }
}
