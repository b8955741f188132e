package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestTls;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The certificate's files change while the embedded server runs. */
@Tag("thorough")
@Timeout(120)
class TlsRenewalIT {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void newConnectionsSeeTheRenewedCertificateWhileAnOpenTunnelGoesOn(Lane lane) throws Exception {
    TestCertificate first = TestCertificate.make(directory, "EC").writePem(directory);
    try (TcpTarget echo = Targets.echo();
        GatewayServer server = serve(lane, directory, echo);
        WsClient open = WsHandshake.to(server.tunnel(echo.port())).connect()) {
      assertThat(servedBy(server)).isEqualTo(first.certificate());
      assertEchoes(open);

      TestCertificate second = TestCertificate.make(directory, "RSA").writePem(directory);

      // by a client that would rather resume its session with the first one
      Await.until("the second is served", () -> servedBy(server).equals(second.certificate()));
      assertEchoes(open);
      try (WsClient next =
          WsHandshake.to(server.tunnel(echo.port()))
              .by(TestTls.trusting(second.certificate()))
              .connect()) {
        assertEchoes(next);
      }
      assertThat(ready(server).status()).isEqualTo(200);
    }
  }

  @Test
  void filesThatAreNotValidAreReportedAndTheCertificateBeforeStays() throws Exception {
    TestCertificate first = TestCertificate.make(directory, "EC").writePem(directory);
    try (TcpTarget echo = Targets.echo();
        GatewayServer server = serve(Lane.FAST, directory, echo)) {
      TestCertificate second = TestCertificate.make(directory, "EC");
      Files.writeString(directory.resolve("key.pem"), second.keyPem());

      Await.until("it says that it is not ready", () -> ready(server).status() == 503);
      assertThat(ready(server).body()).contains("TLS certificate");
      assertThat(server.log())
          .contains("does not belong to the first certificate in " + directory.resolve("cert.pem"));
      assertThat(servedBy(server)).isEqualTo(first.certificate());

      Files.writeString(directory.resolve("cert.pem"), second.certificatePem());
      Await.until("it is ready again", () -> ready(server).status() == 200);
      assertThat(servedBy(server)).isEqualTo(second.certificate());
    }
  }

  @Test
  void aSymbolicLinkThatIsSwappedRenewsTheCertificateAtOneStroke() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("mount"));
    Path old = Files.createDirectory(mount.resolve("..2024"));
    Path renewed = Files.createDirectory(mount.resolve("..2025"));
    TestCertificate first = TestCertificate.make(directory, "EC").writePem(old);
    TestCertificate second = TestCertificate.make(directory, "EC").writePem(renewed);
    Path data = Files.createSymbolicLink(mount.resolve("..data"), old.getFileName());
    for (String name : List.of("cert.pem", "key.pem")) {
      Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
    }
    try (TcpTarget echo = Targets.echo();
        GatewayServer server = serve(Lane.FAST, mount, echo)) {
      assertThat(servedBy(server)).isEqualTo(first.certificate());

      Path next = Files.createSymbolicLink(mount.resolve("..next"), renewed.getFileName());
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

      Await.until("the second is served", () -> servedBy(server).equals(second.certificate()));
      assertThat(server.log()).doesNotContain("does not belong");
    }
  }

  private static GatewayServer serve(Lane lane, Path pem, TcpTarget echo) {
    // the open tunnel's client reads nothing, not even a ping, while it waits for the certificate
    SuiteConfig config = SuiteConfig.on(lane, "echo", echo.port()).tunnel("ping", "1m");
    return GatewayServer.startSecure(pem, config.yaml(), List.of("-Xmx256m"));
  }

  private static HttpReply ready(GatewayServer server) throws IOException {
    return Http.get(server.http("/health/ready"));
  }

  private static Certificate servedBy(GatewayServer server) throws IOException {
    URI base = server.base();
    try (SSLSocket socket =
        (SSLSocket)
            TestTls.TRUSTING.getSocketFactory().createSocket(base.getHost(), base.getPort())) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static void assertEchoes(WsClient client) throws IOException {
    byte[] message = new byte[100_000];
    message[99_999] = 1;
    client.send(message);
    assertThat(client.receive(message.length)).isEqualTo(message);
  }
}
