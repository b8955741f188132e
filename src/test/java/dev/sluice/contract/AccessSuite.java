package dev.sluice.contract;

import org.junit.jupiter.api.Nested;

/**
 * Every question about callers: who they are, their tickets, how a no looks. A class that extends
 * this says which server is asked, on which lane: by a {@link SharedGateway} that knows accounts.
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
  class Headers extends HeadersContract {}
}
