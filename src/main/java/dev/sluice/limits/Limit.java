package dev.sluice.limits;

import java.util.Locale;

/** What is limited. */
public enum Limit {
  /** Open tunnels of the node. */
  TUNNELS,
  /** Open tunnels of a user. */
  PER_USER,
  /** Open tunnels of an address. */
  PER_ADDRESS,
  /** Open tunnels to a target. */
  PER_TARGET,
  /** Dials of the node that have no answer yet. */
  PENDING_DIALS,
  /** Handshakes of a caller; also, by address, attempts to get in that failed. */
  HANDSHAKES_PER_MINUTE,
  /** Probes of a caller. */
  PROBES_PER_MINUTE,
  /** Different targets that a caller asks for. */
  TARGETS_PER_MINUTE;

  /** How much is allowed; {@link Integer#MAX_VALUE} where there is no limit. */
  public int of(LimitSettings settings) {
    int most =
        switch (this) {
          case TUNNELS -> settings.tunnels();
          case PER_USER -> settings.perUser();
          case PER_ADDRESS -> settings.perAddress();
          case PER_TARGET -> settings.perTarget();
          case PENDING_DIALS -> settings.pendingDials();
          case HANDSHAKES_PER_MINUTE -> settings.handshakesPerMinute();
          case PROBES_PER_MINUTE -> settings.probesPerMinute();
          case TARGETS_PER_MINUTE -> settings.targetsPerMinute();
        };
    return most == 0 ? Integer.MAX_VALUE : most;
  }

  /** Whether it is the node that is full, whoever asks. */
  public boolean isOfTheNode() {
    return this == TUNNELS || this == PENDING_DIALS;
  }

  /** The word in the configuration and in metrics: {@code per-user}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
