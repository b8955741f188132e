package dev.sluice.contract;

import org.junit.jupiter.api.Nested;

/**
 * Every question about callers: who they are, their tickets, how a no looks, what they do to
 * tunnels, and what of it is recorded. A class that extends this says which server is asked, on
 * which lane: by a {@link SharedGateway} that knows accounts.
 */
abstract class AccessSuite {

  @Nested
  class Identity extends IdentityContract {}

  @Nested
  class OneTimeTickets extends TicketContract {}

  @Nested
  class Denials extends DenialContract {}

  @Nested
  class Limits extends LimitsContract {}

  @Nested
  class Sessions extends SessionsContract {}

  @Nested
  class Audit extends AuditContract {}

  @Nested
  class Explanations extends ExplainContract {}

  @Nested
  class Headers extends HeadersContract {}
}
