package dev.sluice.launcher.tls;

import dev.sluice.config.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads a private key and its chain from a PKCS#12 file. */
final class KeystoreReader {

  private static final String KEYSTORE = "listen.tls.keystore";
  private static final String PASSWORD_FILE = "listen.tls.password-file";

  private final TlsSettings.Keystore settings;
  private final Path file;
  private final FileProblems problems;

  KeystoreReader(TlsSettings.Keystore settings, FileProblems problems) {
    this.settings = settings;
    this.file = settings.keystore();
    this.problems = problems;
  }

  /** Empty when there are problems. */
  Optional<KeyMaterial> read() {
    Optional<char[]> password = password();
    Optional<byte[]> bytes = problems.read(KEYSTORE, file);
    if (password.isEmpty() || bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return store(bytes.get(), password.get()).flatMap(store -> entry(store, password.get()));
    } finally {
      Arrays.fill(password.get(), '\0');
    }
  }

  private Optional<char[]> password() {
    return settings
        .passwordFile()
        .map(path -> problems.read(PASSWORD_FILE, path).map(KeystoreReader::firstLine))
        .orElseGet(() -> Optional.of(settings.password().text().toCharArray()));
  }

  private static char[] firstLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("").toCharArray();
  }

  private Optional<KeyStore> store(byte[] bytes, char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), password);
      return Optional.of(store);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        boolean none = password.length == 0;
        problems.add(
            KEYSTORE,
            file,
            none ? "needs a password" : "does not open with the password given",
            none
                ? "set listen.tls.password-file or listen.tls.password"
                : "correct listen.tls.password-file or listen.tls.password");
      } else {
        notPkcs12();
      }
    } catch (GeneralSecurityException e) {
      notPkcs12();
    }
    return Optional.empty();
  }

  private void notPkcs12() {
    problems.add(
        KEYSTORE,
        file,
        "is not a PKCS#12 file that Java reads",
        "make one: openssl pkcs12 -export -in CHAIN -inkey KEY -out NEW-FILE");
  }

  private Optional<KeyMaterial> entry(KeyStore store, char[] password) {
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        problems.add(
            KEYSTORE,
            file,
            "has " + keys.size() + " private keys",
            "it must have one, with its certificates");
        return Optional.empty();
      }
      return material(store, keys.get(0), password);
    } catch (GeneralSecurityException e) {
      problems.add(
          KEYSTORE, file, "has a private key that cannot be read", "give it the file's password");
      return Optional.empty();
    }
  }

  private Optional<KeyMaterial> material(KeyStore store, String alias, char[] password)
      throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : store.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    if (!(store.getKey(alias, password) instanceof PrivateKey key)
        || !KeyMaterial.SIGNATURES.containsKey(key.getAlgorithm())) {
      problems.add(KEYSTORE, file, "has a key of another kind", "use RSA, EC or Ed25519");
      return Optional.empty();
    }
    if (!KeyMaterial.belongTogether(key, chain.get(0).getPublicKey())) {
      problems.add(
          KEYSTORE, file, "has a certificate that its key was not made for", "export both again");
      return Optional.empty();
    }
    return Optional.of(new KeyMaterial(key, List.copyOf(chain)));
  }
}
