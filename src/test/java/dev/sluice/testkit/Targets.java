package dev.sluice.testkit;

import java.util.concurrent.CountDownLatch;

/** The targets that most tests need. For others, hand a script to {@link TcpTarget#serving}. */
public final class Targets {

  private static final int SMALL_BUFFER = 32_768;

  private Targets() {}

  /** Sends back what comes, and ends when the other side does. */
  public static TcpTarget echo() {
    return TcpTarget.serving(TargetConnection::echo);
  }

  /** Sends {@code total} bytes at full speed, then ends cleanly. */
  public static TcpTarget source(BytePattern pattern, long total) {
    return TcpTarget.serving(c -> c.send(pattern, total));
  }

  /** Sends {@code total} bytes, at most {@code perSecond} of them a second, then ends cleanly. */
  public static TcpTarget source(BytePattern pattern, long total, long perSecond) {
    return TcpTarget.serving(c -> c.send(pattern, total, perSecond));
  }

  /** Reads everything into {@code check} (one connection only) and ends with the other side. */
  public static TcpTarget sink(PatternCheck check) {
    return TcpTarget.serving(c -> c.receiveAll(check));
  }

  /** As {@link #sink(PatternCheck)}, at most {@code perSecond} bytes a second. */
  public static TcpTarget sink(PatternCheck check, long perSecond) {
    return TcpTarget.serving(c -> c.receiveAll(check, perSecond), SMALL_BUFFER);
  }

  /** Accepts and reads nothing until {@code release}, then behaves as {@link #sink}. */
  public static TcpTarget stuck(PatternCheck check, CountDownLatch release) {
    return TcpTarget.serving(
        c -> {
          release.await();
          c.receiveAll(check);
        },
        SMALL_BUFFER);
  }

  /** Accepts, then resets at once. */
  public static TcpTarget resetting() {
    return TcpTarget.serving(TargetConnection::reset);
  }

  /** Accepts, then closes at once. */
  public static TcpTarget closing() {
    return TcpTarget.serving(TargetConnection::close);
  }

  /** Sends nothing, reads and drops until the other side ends. */
  public static TcpTarget silent() {
    return TcpTarget.serving(TargetConnection::discardAll);
  }
}
