package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS under a JDK whose security properties are set for the question. */
@Timeout(120)
class TlsProtocolIT {

  private static final BytePattern PATTERN = new BytePattern(17);
  private static final int MUCH = 48 << 20;
  private static final int RECORD = 16 << 10;
  private static final int BURST = 8;
  private static final int HANDSHAKE_RECORD = 0x16;

  @TempDir Path directory;

  /** The JDK's own list of what is too old is emptied, so that only the server's can refuse. */
  @Test
  void tls11IsRefusedAlsoWhereTheJdkWouldAllowIt() throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server = serve(Lane.FAST, echo, "jdk.tls.disabledAlgorithms=\n")) {
      assertThat(firstByte(server, clientHello(0x0302))).isNotEqualTo(HANDSHAKE_RECORD);
      assertThat(firstByte(server, clientHello(0x0303))).isEqualTo(HANDSHAKE_RECORD);
    }
  }

  /** Every 137 GB in real life, every MiB here: by whoever has sent or received that much. */
  @Tag("thorough")
  @ParameterizedTest
  @EnumSource
  void keysThatAreRenewedInTheMiddleOfATunnelLoseNothing(Lane lane) throws Exception {
    String often = "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20\n";
    try (TcpTarget echo = Targets.echo();
        GatewayServer server = serve(lane, echo, often);
        WsClient client = WsHandshake.to(server.tunnel(echo.port())).connect()) {
      PatternCheck got = new PatternCheck(PATTERN);

      for (long sent = 0; sent < MUCH; ) {
        // many records to a read, and few enough that the client's answer to a renewal never waits
        // for the lock of a sender that waits for the reader: the JDK's socket has one for both
        for (int i = 0; i < BURST; i++, sent += RECORD) {
          client.send(PATTERN.bytes(sent, RECORD));
        }
        client.receive(got, sent);
      }

      got.assertExactly(MUCH);
      client.sendClose(1000);
      assertThat(client.awaitClose().code()).isEqualTo(1000);
    }
  }

  private GatewayServer serve(Lane lane, TcpTarget echo, String securityProperties)
      throws IOException {
    TestCertificate.make(directory, "EC").writePem(directory);
    Path file = Files.writeString(directory.resolve("java.security"), securityProperties);
    return GatewayServer.startSecure(
        directory,
        SuiteConfig.on(lane, "echo", echo.port()).yaml(),
        List.of("-Xmx256m", "-Djava.security.properties=" + file));
  }

  /** The answer's first byte; negative where there is none. */
  private static int firstByte(GatewayServer server, byte[] hello) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout((int) Await.GENEROUS.toMillis());
      socket.getOutputStream().write(hello);
      return socket.getInputStream().read();
    }
  }

  /** A ClientHello (RFC 5246 §7.4.1.2) for one version, with suites that fit 1.1 and 1.2. */
  private static byte[] clientHello(int version) {
    byte[] suites = HexFormat.of().parseHex("c02bc02fc009c013");
    // supported_groups secp256r1, uncompressed points, signature_algorithms ECDSA with SHA-256
    byte[] extensions = HexFormat.of().parseHex("000a000400020017000b00020100000d000400020403");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(shorts(version));
    body.writeBytes(new byte[32]);
    body.write(0);
    body.writeBytes(shorts(suites.length));
    body.writeBytes(suites);
    body.writeBytes(new byte[] {1, 0});
    body.writeBytes(shorts(extensions.length));
    body.writeBytes(extensions);
    ByteBuffer record = ByteBuffer.allocate(9 + body.size());
    record.put((byte) HANDSHAKE_RECORD).putShort((short) 0x0301);
    record.putShort((short) (4 + body.size())).putInt(1 << 24 | body.size());
    return record.put(body.toByteArray()).array();
  }

  private static byte[] shorts(int value) {
    return new byte[] {(byte) (value >> 8), (byte) value};
  }
}
