package dev.sluice.contract;

import dev.sluice.testkit.ContainerGateway;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The image of {@code server-config/payara}, fast lane; skipped without a Docker daemon. */
@Tag("thorough")
@Testcontainers(disabledWithoutDocker = true)
class PayaraContainerFastIT extends ContractSuite {

  @RegisterExtension
  static final SharedGateway GATEWAY = new SharedGateway(Lane.FAST, ContainerGateway::payara);
}
