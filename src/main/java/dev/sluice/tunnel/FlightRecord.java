package dev.sluice.tunnel;

/**
 * What Java Flight Recorder is told of tunnels. A server that hides {@code jdk.jfr} from what is
 * deployed on it loses nothing else. Any thread; next to nothing while nobody records.
 */
final class FlightRecord {

  private static final boolean VISIBLE = isVisible();

  private FlightRecord() {}

  private static boolean isVisible() {
    try {
      Class.forName("jdk.jfr.Event");
      return true;
    } catch (ClassNotFoundException | LinkageError hidden) {
      return false;
    }
  }

  /** A tunnel begins to dial. */
  static void opened(Tunnel tunnel) {
    if (VISIBLE) {
      FlightEvents.opened(tunnel);
    }
  }

  /** A direction, {@code up} or {@code down}, goes on after so many nanoseconds. */
  static void paused(Tunnel tunnel, String direction, long nanos) {
    if (VISIBLE) {
      FlightEvents.paused(tunnel, direction, nanos);
    }
  }

  /** A tunnel has ended. */
  static void ended(Tunnel tunnel, Outcome outcome) {
    if (VISIBLE) {
      FlightEvents.ended(tunnel, outcome);
    }
  }
}
