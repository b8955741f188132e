package dev.sluice.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the embedded server's certificate and private key are. */
public sealed interface TlsSettings {

  /** Every file that they are read from. */
  List<Path> files();

  /**
   * PEM files.
   *
   * @param certificate the server's certificate, then those that lead to its root
   * @param key its private key, PKCS#8, not encrypted
   */
  record Pem(Path certificate, Path key) implements TlsSettings {
    @Override
    public List<Path> files() {
      return List.of(certificate, key);
    }
  }

  /**
   * A PKCS#12 file with one private key and its certificates.
   *
   * @param password of the file and of its key; empty: none, or it is in {@code passwordFile}
   * @param passwordFile has the password as its first line
   */
  record Keystore(Path keystore, Secret password, Optional<Path> passwordFile)
      implements TlsSettings {
    @Override
    public List<Path> files() {
      return Stream.concat(Stream.of(keystore), passwordFile.stream()).toList();
    }
  }
}
