package dev.sluice.contract;

import dev.sluice.testkit.ServerKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The embedded server. */
class EmbeddedIT {

  @RegisterExtension static final SharedGateway GATEWAY = SharedGateway.on(ServerKind.EMBEDDED);

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
