package dev.sluice.http;

import java.util.Locale;

/** What can be probed. */
public enum ProbeKind {
  PING,
  SSH;

  /** The word in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
