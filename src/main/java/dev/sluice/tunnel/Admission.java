package dev.sluice.tunnel;

import dev.sluice.access.Identification;
import dev.sluice.limits.Exhausted;
import java.util.Map;

/** What became of a handshake. */
public sealed interface Admission {

  /**
   * The tunnel may be opened.
   *
   * @param reservation its room: abandoned by whoever finds that the handshake fails
   * @param attempt its place in the audit record
   */
  record Admitted(TunnelRequest request, Reservation reservation, Attempt attempt)
      implements Admission {}

  /**
   * It may not.
   *
   * @param outcome has the HTTP status
   * @param message fit for the client: it says what to mend, never why policy refused
   * @param headers that the answer must have besides
   * @param startedAt when policy was asked, on {@link System#nanoTime}: see {@link DenialPace}; of
   *     what policy has no part in, zero
   */
  record Refused(Outcome outcome, String message, Map<String, String> headers, long startedAt)
      implements Admission {

    public Refused {
      headers = Map.copyOf(headers);
    }

    /** A refusal that policy has no part in. */
    public Refused(Outcome outcome, String message) {
      this(outcome, message, Map.of(), 0);
    }

    /** What is said of every target that may not be opened, whatever the reason. */
    public static Refused denied(long startedAt) {
      return new Refused(
          Outcome.TARGET_DENIED, "this target may not be opened", Map.of(), startedAt);
    }

    /** What is said of a limit that has been reached. */
    public static Refused limited(Exhausted exhausted) {
      boolean full = exhausted.limit().isOfTheNode();
      return new Refused(
          full ? Outcome.OVERLOADED : Outcome.RATE_LIMITED,
          full ? "the gateway has no room; try again later" : "too many requests; try again later",
          Map.of("Retry-After", Long.toString(exhausted.retryAfterSeconds())),
          0);
    }

    /** What is said to a caller who has not been let in. */
    public static Refused of(Identification who) {
      if (who instanceof Identification.Unknown unknown) {
        return new Refused(
            Outcome.UNAUTHENTICATED,
            "this needs an identity that the gateway knows",
            Map.of("WWW-Authenticate", unknown.challenge()),
            0);
      }
      return who instanceof Identification.Busy
          ? new Refused(Outcome.OVERLOADED, "too many passwords are being checked; try again")
          : new Refused(Outcome.ORIGIN_FORBIDDEN, "the page that asks may not use this gateway");
    }
  }
}
