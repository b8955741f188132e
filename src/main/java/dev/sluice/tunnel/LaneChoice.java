package dev.sluice.tunnel;

import java.util.Locale;

/** What the configuration says about the {@link Lane} of every tunnel of the node. */
public enum LaneChoice {
  STANDARD,
  FAST,
  /** Fast on the servers on which every suite has passed on it, standard on all others. */
  AUTO;

  /**
   * The lane that tunnels take.
   *
   * @param fastIsProven whether every suite has passed on the fast lane of this server
   */
  public Lane on(boolean fastIsProven) {
    return switch (this) {
      case STANDARD -> Lane.STANDARD;
      case FAST -> Lane.FAST;
      case AUTO -> fastIsProven ? Lane.FAST : Lane.STANDARD;
    };
  }

  /** The word in the configuration, metrics and logs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
