package dev.sluice.relay;

import java.time.Duration;

/**
 * What one relay goes by. A change applies to relays made after it.
 *
 * @param highWater bytes buffered in one direction above which (strictly) its source is stopped; it
 *     resumes at half
 * @param maxMessage the longest WebSocket message sent, in bytes
 * @param dialTimeout how long the TCP connect may take, over all addresses
 * @param idleTimeout how long nothing may move either way; zero: no limit
 * @param sessionLimit how long a tunnel may live; zero: no limit
 * @param stallTimeout how long bytes may wait without one of them moving; zero: no limit
 * @param linger how long the target may take to read the rest and close once the client is gone
 * @param ping how often an otherwise silent client is pinged; zero: never
 * @param sendBuffer the target socket's send buffer in bytes; zero: the system's choice
 * @param receiveBuffer the target socket's receive buffer in bytes; zero: the system's choice
 * @param bytesPerSecond bytes a second that may pass each way; zero: no limit
 * @param byteLimit bytes that may pass in all, both ways together, before it ends; zero: no limit
 */
public record RelaySettings(
    int highWater,
    int maxMessage,
    Duration dialTimeout,
    Duration idleTimeout,
    Duration sessionLimit,
    Duration stallTimeout,
    Duration linger,
    Duration ping,
    int sendBuffer,
    int receiveBuffer,
    long bytesPerSecond,
    long byteLimit) {

  /** The mark that the gate's contract names. */
  public static final int HIGH_WATER_MARK = 1_048_576;

  /** Under this no mark shrinks, however little of the node's budget is left. */
  public static final int LEAST_MARK = 65_536;

  /** What holds where nothing is configured. */
  public static RelaySettings defaults() {
    return new RelaySettings(
        HIGH_WATER_MARK,
        1_048_576,
        Duration.ofSeconds(5),
        Duration.ofHours(1),
        Duration.ZERO,
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(25),
        262_144,
        262_144,
        0,
        0);
  }

  /** {@link #byteLimit} as a number to compare with. */
  long mostBytes() {
    return byteLimit == 0 ? Long.MAX_VALUE : byteLimit;
  }
}
