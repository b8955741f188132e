package dev.sluice.launcher.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Problem;
import dev.sluice.config.Secret;
import dev.sluice.config.TlsSettings;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaterialTest {

  @TempDir Path directory;

  private TlsSettings.Pem pem() {
    return new TlsSettings.Pem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
  }

  private static TlsSettings.Keystore keystore(Path file) {
    return new TlsSettings.Keystore(file, new Secret(TestCertificate.PASSWORD), Optional.empty());
  }

  private static KeyMaterial read(TlsSettings settings) {
    KeyMaterialReading reading = KeyMaterialReading.of(settings);
    assertThat(reading.problems()).isEmpty();
    return reading.material().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void pemFilesOfThisKindAreServed(String algorithm) throws Exception {
    TestCertificate made = TestCertificate.make(directory, algorithm).writePem(directory);

    assertServes(read(pem()), made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void aKeystoreOfThisKindIsServed(String algorithm) throws Exception {
    TestCertificate made = TestCertificate.make(directory, algorithm);

    assertServes(read(keystore(made.keystore())), made);
  }

  private static void assertServes(KeyMaterial material, TestCertificate made) throws Exception {
    assertThat(material.chain()).containsExactly(made.certificate());
    assertThat(material.key()).isEqualTo(made.key());
    SSLContext context = material.context();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, loopback)) {
      Future<?> served =
          Background.call(
              () -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                  socket.startHandshake();
                  socket.getOutputStream().write(7);
                }
                return null;
              });
      SSLContext client = TestTls.trusting(made.certificate());
      try (SSLSocket socket =
          (SSLSocket) client.getSocketFactory().createSocket(loopback, listener.getLocalPort())) {
        assertThat(socket.getInputStream().read()).isEqualTo(7);
      }
      Background.join(served);
    }
  }

  @Test
  void everyCertificateOfTheChainIsReadInItsOrderAndTextAroundThemPassedOver() throws Exception {
    TestCertificate own = TestCertificate.make(directory, "EC").writePem(directory);
    TestCertificate other = TestCertificate.make(directory, "RSA");
    Files.writeString(
        pem().certificate(),
        "subject=CN=test\n" + own.certificatePem() + "issuer\r\n" + other.certificatePem());

    assertThat(read(pem()).chain()).containsExactly(own.certificate(), other.certificate());
  }

  @Test
  void thePasswordMayBeTheFirstLineOfAFile() throws IOException {
    TestCertificate made = TestCertificate.make(directory, "EC");
    Path file = Files.writeString(directory.resolve("pw"), TestCertificate.PASSWORD + "\n");
    TlsSettings settings =
        new TlsSettings.Keystore(made.keystore(), new Secret(""), Optional.of(file));

    assertThat(read(settings).key()).isEqualTo(made.key());
    assertThat(settings.files()).containsExactly(made.keystore(), file);
  }

  @Test
  void anExpiredAndANotYetValidCertificateAreWarnedOfAndServedAllTheSame() throws IOException {
    TestCertificate.makeExpired(directory).writePem(directory);
    KeyMaterial expired = read(pem());
    assertThat(expired.warning(Instant.now()))
        .hasValueSatisfying(w -> assertThat(w).contains("expired at"));

    TestCertificate.make(directory, "EC").writePem(directory);
    KeyMaterial good = read(pem());
    assertThat(good.warning(Instant.now())).isEmpty();
    assertThat(good.warning(Instant.now().minus(Duration.ofDays(1))))
        .hasValueSatisfying(w -> assertThat(w).contains("not valid before"));
  }

  @Test
  void twoReadingsOfTheSameFilesAreEqualAndOneOfRenewedFilesIsNot() throws IOException {
    TestCertificate first = TestCertificate.make(directory, "EC").writePem(directory);
    KeyMaterialReading before = KeyMaterialReading.of(pem());
    assertThat(KeyMaterialReading.of(pem())).isEqualTo(before);

    TestCertificate.make(directory, "EC").writePem(directory);
    assertThat(KeyMaterialReading.of(pem())).isNotEqualTo(before);

    first.writePem(directory);
    assertThat(KeyMaterialReading.of(pem())).isEqualTo(before);
  }

  @Test
  void neitherKeyNorPasswordIsInTheText() throws IOException {
    TestCertificate made = TestCertificate.make(directory, "EC").writePem(directory);
    List<Problem> none = List.of();
    KeyMaterial material = read(pem());

    assertThat(material.toString()).contains("valid until").doesNotContain("Private");
    assertThat(new KeyMaterialReading(Optional.of(material), none).toString())
        .doesNotContain("Private");
    assertThat(keystore(made.keystore()).toString()).doesNotContain(TestCertificate.PASSWORD);
    assertThat(PemBlock.of(made.keyPem()).toString()).isEqualTo("[PRIVATE KEY]");
  }
}
