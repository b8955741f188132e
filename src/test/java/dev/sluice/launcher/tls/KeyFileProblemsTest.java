package dev.sluice.launcher.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Secret;
import dev.sluice.config.TlsSettings;
import dev.sluice.testkit.CommandRun;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the files, each with what to do about it. */
class KeyFileProblemsTest {

  @TempDir static Path shared;
  private static TestCertificate rsa;
  private static TestCertificate ec;

  @TempDir Path directory;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void makeTwo() {
    rsa = TestCertificate.make(shared, "RSA");
    ec = TestCertificate.make(shared, "EC");
  }

  @BeforeEach
  void goodFiles() throws IOException {
    rsa.writePem(directory);
    certificate = directory.resolve("cert.pem");
    key = directory.resolve("key.pem");
  }

  private List<String> pemProblems() {
    return problems(new TlsSettings.Pem(certificate, key));
  }

  private static List<String> keystoreProblems(Path file, String password) {
    return problems(new TlsSettings.Keystore(file, new Secret(password), Optional.empty()));
  }

  private static List<String> problems(TlsSettings settings) {
    return ServerTls.problems(settings).stream().map(Object::toString).toList();
  }

  @Test
  void goodFilesHaveNone() {
    assertThat(pemProblems()).isEmpty();
    assertThat(keystoreProblems(ec.keystore(), TestCertificate.PASSWORD)).isEmpty();
  }

  @Test
  void filesThatAreNotThereAreAllNamedAtOnce() throws IOException {
    Files.delete(certificate);
    Files.delete(key);

    assertThat(pemProblems())
        .containsExactly(
            "listen.tls.certificate "
                + certificate
                + ": does not exist; create it or correct the path",
            "listen.tls.key " + key + ": does not exist; create it or correct the path");
  }

  @Test
  void aDirectoryIsNotReadable() {
    key = directory;

    assertThat(pemProblems()).singleElement().asString().contains("cannot be read (");
  }

  @Test
  void aFileOfAnotherSortIsNotReadWhole() throws IOException {
    Files.write(certificate, new byte[(1 << 20) + 1]);

    assertThat(pemProblems()).singleElement().asString().contains("is longer than 1MiB");
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws IOException {
    Files.writeString(key, TestCertificate.make(directory, "RSA").keyPem());
    assertThat(pemProblems())
        .containsExactly(
            "listen.tls.key "
                + key
                + ": does not belong to the first certificate in "
                + certificate
                + "; name the key that the certificate was made for");

    Files.writeString(key, ec.keyPem());
    assertThat(pemProblems()).singleElement().asString().contains("does not belong");
  }

  @Test
  void aChainInTheWrongOrderIsRecognized() throws IOException {
    Files.writeString(certificate, ec.certificatePem() + rsa.certificatePem());

    assertThat(pemProblems())
        .singleElement()
        .asString()
        .endsWith("; put the server's own certificate first there");
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws IOException {
    Files.writeString(certificate, rsa.keyPem());
    assertThat(pemProblems()).singleElement().asString().contains("has no certificate in PEM form");

    Files.writeString(
        certificate, rsa.certificatePem() + TestCertificate.pem("CERTIFICATE", new byte[9]));
    assertThat(pemProblems()).singleElement().asString().contains("damaged certificate, number 2");

    Files.writeString(certificate, rsa.certificatePem().replace("M", "!"));
    assertThat(pemProblems()).singleElement().asString().contains("damaged certificate, number 1");
  }

  @Test
  void aKeyThatIsNoneIsNamedWithoutAByteOfIt() throws IOException {
    Files.writeString(key, rsa.certificatePem());
    assertThat(pemProblems()).singleElement().asString().contains("has no private key in PEM form");

    Files.writeString(key, rsa.keyPem() + ec.keyPem());
    assertThat(pemProblems()).singleElement().asString().contains("has more than one private key");

    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    assertThat(pemProblems())
        .containsExactly(
            "listen.tls.key "
                + key
                + ": is damaged or of another kind; use an RSA, EC or Ed25519 key in PKCS#8 form");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY,is in PKCS#1 form",
    "EC PRIVATE KEY,is in SEC1 form",
    "ENCRYPTED PRIVATE KEY,is encrypted",
    "DSA PRIVATE KEY,is not in PKCS#8 form"
  })
  void aKeyInAnotherFormHasTheCommandThatConvertsIt(String label, String what) throws IOException {
    Files.writeString(key, TestCertificate.pem(label, new byte[] {1, 2, 3}));

    assertThat(pemProblems())
        .containsExactly(
            "listen.tls.key %s: %s; convert it: openssl pkcs8 -topk8 -nocrypt -in %s -out NEW-FILE"
                .formatted(key, what, key));
  }

  @Test
  void aWrongAndAMissingPasswordAreToldApart() {
    Path file = ec.keystore();

    assertThat(keystoreProblems(file, "wrong"))
        .containsExactly(
            "listen.tls.keystore "
                + file
                + ": does not open with the password given; correct listen.tls.password-file or"
                + " listen.tls.password");
    assertThat(keystoreProblems(file, ""))
        .containsExactly(
            "listen.tls.keystore "
                + file
                + ": needs a password; set listen.tls.password-file or listen.tls.password");
  }

  @Test
  void aMissingPasswordFileAndAMissingKeystoreAreNamedAtOnce() {
    Path nowhere = directory.resolve("nowhere");

    assertThat(
            problems(
                new TlsSettings.Keystore(
                    nowhere, new Secret(""), Optional.of(directory.resolve("pw")))))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("does not exist"));
  }

  @Test
  void whatIsNoKeystoreIsNamed() {
    assertThat(keystoreProblems(certificate, "x"))
        .singleElement()
        .asString()
        .contains("is not a PKCS#12 file that Java reads");
  }

  @Test
  void aKeystoreWithoutOrWithTwoKeysIsNamed() throws IOException {
    Path file = Files.copy(ec.keystore(), directory.resolve("two.p12"));
    keytool(file, "-genkeypair", "-keyalg", "EC", "-dname", "CN=b", "-alias", "b");
    assertThat(keystoreProblems(file, TestCertificate.PASSWORD))
        .singleElement()
        .asString()
        .contains("has 2 private keys");

    keytool(file, "-delete", "-alias", "b");
    keytool(file, "-delete", "-alias", "test");
    assertThat(keystoreProblems(file, TestCertificate.PASSWORD))
        .singleElement()
        .asString()
        .contains("has 0 private keys");
  }

  private static void keytool(Path keystore, String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(List.of(Parts.java().resolveSibling("keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", keystore.toString(), "-storepass", TestCertificate.PASSWORD));
    CommandRun run = CommandRun.of(command);
    assertThat(run.exit()).as(run.toString()).isZero();
  }
}
