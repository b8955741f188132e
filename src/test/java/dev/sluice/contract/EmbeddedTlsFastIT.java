package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The embedded server with TLS, on the fast lane: the same questions, asked by wss:. */
@Tag("thorough")
class EmbeddedTlsFastIT extends ContractSuite {

  @RegisterExtension static final SharedGateway GATEWAY = SharedGateway.withTls(Lane.FAST);

  @Nested
  class Tls extends TlsContract {

    /**
     * What the server has read beyond the handshake: whole records, the beginning of one. Clients
     * should wait for its answer (RFC 6455 §4.1); Tyrus holds them to it.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 20_000})
    void whatComesInOneReadWithTheHandshakeArrives(int later) throws Exception {
      byte[] message = new BytePattern(3).bytes(0, 40_000);

      try (WsClient client =
          WsHandshake.to(gateway().tunnel(keep(Targets.echo()).port()))
              .early(message, later)
              .connect()) {
        assertThat(client.receive(message.length)).isEqualTo(message);
      }
    }
  }
}
