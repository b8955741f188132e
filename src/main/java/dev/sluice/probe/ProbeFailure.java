package dev.sluice.probe;

import dev.sluice.relay.EndCause;
import java.util.Locale;

/** Why a probe of a target that may be dialled did not find what it looked for. */
public enum ProbeFailure {
  /** The target refused, reset the dial or cannot be reached. */
  CONNECT_FAILED,
  /** The target did not answer the dial in time. */
  CONNECT_TIMEOUT,
  /** The target took the connection and did not identify itself as an SSH server. */
  NOT_SSH;

  /** The word in answers and metrics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a failed dial means here. */
  static ProbeFailure of(EndCause dial) {
    return dial == EndCause.CONNECT_TIMEOUT ? CONNECT_TIMEOUT : CONNECT_FAILED;
  }
}
