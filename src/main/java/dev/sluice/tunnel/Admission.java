package dev.sluice.tunnel;

/** What became of a handshake. */
public sealed interface Admission {

  /** The tunnel may be opened. */
  record Admitted(TunnelRequest request) implements Admission {}

  /**
   * It may not.
   *
   * @param outcome has the HTTP status
   * @param message fit for the client: it says what to mend, never why policy refused
   */
  record Refused(Outcome outcome, String message) implements Admission {}
}
