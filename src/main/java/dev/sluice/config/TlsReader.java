package dev.sluice.config;

import java.nio.file.Path;
import java.util.Optional;

/** Makes one of the keys of {@code listen.tls}, and reports those that do not go together. */
final class TlsReader {

  private final Values values;
  private final Optional<Path> certificate;
  private final Optional<Path> key;
  private final Optional<Path> keystore;
  private final Secret password;
  private final Optional<Path> passwordFile;

  private TlsReader(Values values) {
    this.values = values;
    certificate = values.get(Keys.TLS_CERTIFICATE);
    key = values.get(Keys.TLS_KEY);
    keystore = values.get(Keys.TLS_KEYSTORE);
    password = values.get(Keys.TLS_PASSWORD);
    passwordFile = values.get(Keys.TLS_PASSWORD_FILE);
  }

  /** Empty for plain HTTP, and where a problem has been reported instead. */
  static Optional<TlsSettings> read(Values values) {
    TlsReader reader = new TlsReader(values);
    reader.checkFiles();
    reader.checkPassword();
    return reader.settings();
  }

  private void checkFiles() {
    if (keystore.isPresent() && (certificate.isPresent() || key.isPresent())) {
      values.report(
          Keys.TLS_KEYSTORE,
          "is given beside a PEM file",
          "keep either the keystore, or listen.tls.certificate and listen.tls.key");
    } else if (certificate.isPresent() && key.isEmpty()) {
      values.report(
          Keys.TLS_CERTIFICATE, "has no private key beside it", "name that in listen.tls.key");
    } else if (key.isPresent() && certificate.isEmpty()) {
      values.report(
          Keys.TLS_KEY, "has no certificate beside it", "name that in listen.tls.certificate");
    }
  }

  private void checkPassword() {
    boolean given = !password.text().isEmpty();
    if (given && passwordFile.isPresent()) {
      values.report(
          Keys.TLS_PASSWORD_FILE, "is given beside listen.tls.password", "keep one of the two");
    }
    if ((given || passwordFile.isPresent()) && keystore.isEmpty()) {
      values.report(
          given ? Keys.TLS_PASSWORD : Keys.TLS_PASSWORD_FILE,
          "is there without a keystore",
          "name that in listen.tls.keystore, or leave it out: PEM files have no password here");
    }
  }

  private Optional<TlsSettings> settings() {
    if (keystore.isPresent()) {
      return Optional.of(new TlsSettings.Keystore(keystore.get(), password, passwordFile));
    }
    return certificate.flatMap(chain -> key.map(secret -> new TlsSettings.Pem(chain, secret)));
  }
}
