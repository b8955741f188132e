package dev.sluice.access;

import org.jspecify.annotations.Nullable;

/** What came of asking who a caller is. */
public sealed interface Identification {

  /**
   * Somebody.
   *
   * @param grant what the ticket stands for that was shown, which is spent now; null: none was
   */
  record Known(ClientIdentity identity, Tickets.@Nullable Grant grant) implements Identification {}

  /**
   * Nobody whom the gateway lets in: without a credential where one is needed, or with a wrong one.
   *
   * @param challenge the value of WWW-Authenticate, which a 401 must have (RFC 9110 §15.5.2)
   */
  record Unknown(String challenge) implements Identification {}

  /** Somebody for whose password there is no time now. */
  record Busy() implements Identification {}

  /** Whoever it is: the page that asks is none that may. */
  record ForeignPage() implements Identification {}
}
