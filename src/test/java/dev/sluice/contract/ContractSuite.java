package dev.sluice.contract;

import org.junit.jupiter.api.Nested;

/**
 * Every question of the contract. A class that extends this says which server is asked, on which
 * lane: by a {@link SharedGateway} in a static field.
 */
abstract class ContractSuite {

  @Nested
  class Relay extends RelayContract {}

  @Nested
  class FlowControl extends FlowControlContract {}

  @Nested
  class Ends extends EndsContract {}

  @Nested
  class BrokenEnds extends BrokenEndsContract {}

  @Nested
  class Refusals extends RefusalContract {}

  @Nested
  class Probes extends ProbeContract {}

  @Nested
  class Lifecycle extends LifecycleContract {}

  @Nested
  class StuckTargets extends StuckTargetsContract {}
}
