package dev.sluice.contract;

import dev.sluice.testkit.ContainerGateway;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The image of {@code server-config/payara}; skipped where no Docker daemon answers. */
@Testcontainers(disabledWithoutDocker = true)
class PayaraContainerIT {

  @RegisterExtension
  static final SharedGateway GATEWAY = new SharedGateway(ContainerGateway::payara);

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
