package dev.sluice.launcher.tls;

import dev.sluice.config.Problem;
import dev.sluice.config.TlsSettings;
import java.util.List;
import java.util.Optional;

/**
 * What the files of {@code listen.tls} held at one time.
 *
 * @param material present exactly where there is no problem
 * @param problems all that is wrong with the files
 */
record KeyMaterialReading(Optional<KeyMaterial> material, List<Problem> problems) {

  /** Reads the files. */
  static KeyMaterialReading of(TlsSettings settings) {
    FileProblems problems = new FileProblems();
    Optional<KeyMaterial> material =
        settings instanceof TlsSettings.Pem pem
            ? new PemReader(pem, problems).read()
            : new KeystoreReader((TlsSettings.Keystore) settings, problems).read();
    return new KeyMaterialReading(material, problems.all());
  }
}
