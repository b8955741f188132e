package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A self-signed certificate for 127.0.0.1 with its key, made by the JDK's keytool. */
public final class TestCertificate {

  /** Opens every keystore made here. */
  public static final String PASSWORD = "open-sesame";

  private final Path keystore;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private TestCertificate(Path keystore) {
    this.keystore = keystore;
    try (InputStream in = Files.newInputStream(keystore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      certificate = (X509Certificate) store.getCertificate("test");
      key = (PrivateKey) store.getKey("test", PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Makes one that is valid for ten days from now.
   *
   * @param directory gets the PKCS#12 file, under a name of its own
   * @param algorithm as keytool calls it: {@code RSA}, {@code EC} or {@code Ed25519}
   */
  public static TestCertificate make(Path directory, String algorithm) {
    return make(directory, algorithm, "-validity", "10");
  }

  /** Makes one that was valid for a day and is no more. */
  public static TestCertificate makeExpired(Path directory) {
    return make(directory, "EC", "-startdate", "-3d", "-validity", "1");
  }

  private static TestCertificate make(Path directory, String algorithm, String... validity) {
    try {
      Path file = Files.createTempFile(directory, "test-", ".p12");
      Files.delete(file); // keytool adds to a file that is there
      Path keytool = Parts.java().resolveSibling("keytool");
      List<String> command = new ArrayList<>(List.of(keytool.toString(), "-genkeypair"));
      command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
      command.addAll(List.of("-storepass", PASSWORD, "-alias", "test", "-keyalg", algorithm));
      command.addAll(List.of("-dname", "CN=test", "-ext", "san=ip:127.0.0.1"));
      command.addAll(List.of(validity));
      CommandRun run = CommandRun.of(command);
      if (run.exit() != 0) {
        throw new AssertionError(run.toString());
      }
      return new TestCertificate(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The PKCS#12 file. */
  public Path keystore() {
    return keystore;
  }

  /** The certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Its private key. */
  public PrivateKey key() {
    return key;
  }

  /** The certificate as a PEM block. */
  public String certificatePem() {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The key as a PEM block, PKCS#8. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** Any bytes as a PEM block. */
  public static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }

  /** Writes both PEM files, {@code cert.pem} and {@code key.pem}; what was there is replaced. */
  public TestCertificate writePem(Path directory) throws IOException {
    Files.writeString(directory.resolve("cert.pem"), certificatePem());
    Files.writeString(directory.resolve("key.pem"), keyPem());
    return this;
  }
}
