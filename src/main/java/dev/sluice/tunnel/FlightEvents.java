package dev.sluice.tunnel;

import dev.sluice.relay.RelayStats;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events themselves, of the category Sluice; loaded only where the recorder is there. */
final class FlightEvents {

  private FlightEvents() {}

  static void opened(Tunnel tunnel) {
    Opened event = new Opened();
    if (event.shouldCommit()) {
      event.tunnel = tunnel.id();
      event.target = tunnel.request().target();
      event.lane = tunnel.lane().word();
      event.commit();
    }
  }

  static void paused(Tunnel tunnel, String direction, long nanos) {
    Paused event = new Paused();
    if (event.shouldCommit()) {
      event.tunnel = tunnel.id();
      event.direction = direction;
      event.length = nanos;
      event.commit();
    }
  }

  static void ended(Tunnel tunnel, Outcome outcome) {
    Ended event = new Ended();
    if (event.shouldCommit()) {
      RelayStats stats = tunnel.stats();
      event.tunnel = tunnel.id();
      event.target = tunnel.request().target();
      event.outcome = outcome.code();
      event.up = stats.bytesUp();
      event.down = stats.bytesDown();
      event.commit();
    }
  }

  @Name("dev.sluice.TunnelOpened")
  @Label("Tunnel opened")
  @Category("Sluice")
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // read by the recorder
  private static final class Opened extends Event {
    @Label("Tunnel")
    private @Nullable String tunnel;

    @Label("Target")
    private @Nullable String target;

    @Label("Lane")
    private @Nullable String lane;
  }

  @Name("dev.sluice.TunnelPaused")
  @Label("Tunnel paused")
  @Category("Sluice")
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // read by the recorder
  private static final class Paused extends Event {
    @Label("Tunnel")
    private @Nullable String tunnel;

    @Label("Direction")
    private @Nullable String direction;

    @Label("Length")
    @Timespan
    private long length;
  }

  @Name("dev.sluice.TunnelEnded")
  @Label("Tunnel ended")
  @Category("Sluice")
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // read by the recorder
  private static final class Ended extends Event {
    @Label("Tunnel")
    private @Nullable String tunnel;

    @Label("Target")
    private @Nullable String target;

    @Label("Outcome")
    private @Nullable String outcome;

    @Label("Bytes up")
    @DataAmount
    private long up;

    @Label("Bytes down")
    @DataAmount
    private long down;
  }
}
