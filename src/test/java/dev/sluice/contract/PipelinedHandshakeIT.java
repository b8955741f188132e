package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.tunnel.Lane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handshake on a connection whose client has not read the answers to its requests before. */
@Tag("thorough")
@Timeout(120)
class PipelinedHandshakeIT {

  /** Beyond what the kernel takes for a client that does not read. */
  private static final int BYTES_BEFORE = 24 << 20;

  private static final String HEAD_OF_101 = "HTTP/1.1 101 ";

  @ParameterizedTest
  @EnumSource
  void theAnswersBeforeItArriveFirstAndWhole(ServerKind kind) throws Exception {
    JarEntry asset = largestAsset();
    int times = (int) (BYTES_BEFORE / asset.getSize());
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            GatewayServer.start(kind, SuiteConfig.on(Lane.FAST, "echo", echo.port()).yaml());
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(8_192);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String before =
          "GET /sluice/" + asset.getName() + " HTTP/1.1\r\nHost: " + host(server) + "\r\n\r\n";
      String handshake =
          "GET /sluice/tunnel/echo HTTP/1.1\r\nHost: "
              + host(server)
              + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      socket
          .getOutputStream()
          .write((before.repeat(times) + handshake).getBytes(StandardCharsets.US_ASCII));

      Thread.sleep(1_000); // the server does what it can without a reader

      String read = readUpTo101(socket.getInputStream());
      assertThat(read.split("HTTP/1.1 200 ", -1)).hasSize(times + 1);
      assertThat((long) read.length()).isGreaterThan(times * asset.getSize());
    }
  }

  private static String host(GatewayServer server) {
    URI base = server.base();
    return base.getHost() + ":" + base.getPort();
  }

  private static String readUpTo101(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[65_536];
    String tail = "";
    for (int n = in.read(some); n >= 0; n = in.read(some)) {
      all.write(some, 0, n);
      tail = tail + new String(some, 0, n, StandardCharsets.ISO_8859_1);
      if (tail.contains(HEAD_OF_101)) {
        return all.toString(StandardCharsets.ISO_8859_1);
      }
      tail = tail.substring(Math.max(0, tail.length() - HEAD_OF_101.length()));
    }
    throw new AssertionError("ended after " + all.size() + " bytes, without a 101");
  }

  private static JarEntry largestAsset() throws IOException {
    try (JarFile war = new JarFile(Parts.war().toFile())) {
      return war.stream()
          .filter(entry -> entry.getName().startsWith("assets/"))
          .max(Comparator.comparingLong(JarEntry::getSize))
          .orElseThrow();
    }
  }
}
