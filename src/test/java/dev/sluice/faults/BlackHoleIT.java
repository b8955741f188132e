package dev.sluice.faults;

import dev.sluice.testkit.NetworkNamespace;
import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that the kernel drops, on either side of a tunnel: {@link BlackHoles} says which. */
@Tag("thorough")
@Timeout(400)
class BlackHoleIT {

  @ParameterizedTest
  @CsvSource({"EMBEDDED, FAST", "EMBEDDED, STANDARD", "WILDFLY, FAST", "PAYARA, FAST"})
  void whatNoLongerArrivesEndsTheTunnelAndLeavesNothing(ServerKind server, Lane lane) {
    PacketFilter.program();
    System.out.print(NetworkNamespace.run(BlackHoles.class, List.of(server.name(), lane.name())));
  }
}
