package dev.sluice.limits;

/**
 * How much is allowed; of each, zero means no limit. A change holds for what comes after it: nobody
 * who is in is thrown out for it.
 *
 * @param tunnels open tunnels of the node
 * @param perUser open tunnels of one user
 * @param perAddress open tunnels from one client address; of IPv6 from one /64
 * @param perTarget open tunnels to one address and port, and to one name
 * @param pendingDials connects of the node that a target has not answered yet
 * @param handshakesPerMinute tunnels that one caller may ask for in a minute
 * @param probesPerMinute probes that one caller may ask for in a minute
 * @param targetsPerMinute different targets that one caller may ask for in a minute, by tunnels and
 *     probes together
 * @param userBytesPerSecond bytes a second that the tunnels of one caller may carry each way, all
 *     together
 */
public record LimitSettings(
    int tunnels,
    int perUser,
    int perAddress,
    int perTarget,
    int pendingDials,
    int handshakesPerMinute,
    int probesPerMinute,
    int targetsPerMinute,
    long userBytesPerSecond) {

  /** What holds where nothing is configured. */
  public static LimitSettings defaults() {
    return new LimitSettings(9_000, 50, 20, 200, 500, 120, 60, 30, 0);
  }
}
