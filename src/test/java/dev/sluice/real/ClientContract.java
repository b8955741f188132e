package dev.sluice.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a WebSocket client of somebody else's must see. It reports a line for each, so that clients
 * in any language can be asked.
 */
abstract class ClientContract {

  /** What a client can be told to do beyond sending, receiving and closing. */
  enum Skill {
    FRAGMENTS,
    PING
  }

  private final List<Skill> skills;

  ClientContract(Skill... skills) {
    this.skills = List.of(skills);
  }

  /**
   * Runs the client and gives its lines.
   *
   * @param echo address of a tunnel that sends back what it gets
   * @param bye of one whose target says "bye" and ends
   * @param nobody of one where nobody listens
   */
  abstract List<String> report(URI echo, URI bye, URI nobody) throws Exception;

  @AtEachPlace
  void whatItSendsComesBackAndEveryEndHasItsCode(Place place) throws Exception {
    GatewayServer gateway = Gateways.of(place);
    byte[] farewell = "bye".getBytes(StandardCharsets.US_ASCII);
    try (TcpTarget echo = Targets.echo();
        TcpTarget bye = TcpTarget.serving(c -> c.send(farewell))) {
      URI nobody = gateway.tunnel(Ports.free());

      List<String> seen = report(gateway.tunnel(echo.port()), gateway.tunnel(bye.port()), nobody);

      assertThat(seen).containsExactlyElementsOf(expected());
    }
  }

  private List<String> expected() {
    List<String> lines = new ArrayList<>(List.of("binary: same", "text: same"));
    if (skills.contains(Skill.FRAGMENTS)) {
      lines.add("fragments: same");
    }
    if (skills.contains(Skill.PING)) {
      lines.add("ping: are you there");
    }
    lines.add("closed by the client: 1000");
    lines.add("closed by the target: bye 1000");
    lines.add("nobody listens: 4502");
    return lines;
  }
}
