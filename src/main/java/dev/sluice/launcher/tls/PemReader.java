package dev.sluice.launcher.tls;

import dev.sluice.config.TlsSettings;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a chain and its private key from two PEM files. */
final class PemReader {

  private static final String CERTIFICATE = "listen.tls.certificate";
  private static final String KEY = "listen.tls.key";

  private final Path certificateFile;
  private final Path keyFile;
  private final FileProblems problems;

  PemReader(TlsSettings.Pem settings, FileProblems problems) {
    this.certificateFile = settings.certificate();
    this.keyFile = settings.key();
    this.problems = problems;
  }

  /** Empty when there are problems. */
  Optional<KeyMaterial> read() {
    List<X509Certificate> chain =
        blocks(CERTIFICATE, certificateFile).map(this::chain).orElse(List.of());
    Optional<PrivateKey> key = blocks(KEY, keyFile).flatMap(this::key);
    if (chain.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    if (!KeyMaterial.belongTogether(key.get(), chain.get(0).getPublicKey())) {
      boolean later =
          chain.stream().anyMatch(c -> KeyMaterial.belongTogether(key.get(), c.getPublicKey()));
      problems.add(
          KEY,
          keyFile,
          "does not belong to the first certificate in " + certificateFile,
          later
              ? "put the server's own certificate first there"
              : "name the key that the certificate was made for");
      return Optional.empty();
    }
    return Optional.of(new KeyMaterial(key.get(), chain));
  }

  private Optional<List<PemBlock>> blocks(String setting, Path file) {
    return problems
        .read(setting, file)
        .map(bytes -> PemBlock.of(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  /** Empty when one of them is wrong or there is none. */
  private List<X509Certificate> chain(List<PemBlock> blocks) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (PemBlock block : blocks) {
        if (block.label().equals("CERTIFICATE")) {
          ByteArrayInputStream der = new ByteArrayInputStream(block.content());
          chain.add((X509Certificate) factory.generateCertificate(der));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      problems.add(
          CERTIFICATE,
          certificateFile,
          "has a damaged certificate, number " + (chain.size() + 1),
          "copy it again");
      return List.of();
    }
    if (chain.isEmpty()) {
      problems.add(
          CERTIFICATE,
          certificateFile,
          "has no certificate in PEM form",
          "it must have a line -----BEGIN CERTIFICATE-----");
    }
    return List.copyOf(chain);
  }

  private Optional<PrivateKey> key(List<PemBlock> blocks) {
    List<PemBlock> keys = blocks.stream().filter(b -> b.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      problems.add(
          KEY,
          keyFile,
          keys.isEmpty() ? "has no private key in PEM form" : "has more than one private key",
          "it must have one line -----BEGIN PRIVATE KEY-----");
      return Optional.empty();
    }
    return switch (keys.get(0).label()) {
      case "PRIVATE KEY" -> pkcs8(keys.get(0));
      case "ENCRYPTED PRIVATE KEY" -> otherForm("is encrypted");
      case "RSA PRIVATE KEY" -> otherForm("is in PKCS#1 form");
      case "EC PRIVATE KEY" -> otherForm("is in SEC1 form");
      default -> otherForm("is not in PKCS#8 form");
    };
  }

  private Optional<PrivateKey> otherForm(String what) {
    problems.add(
        KEY,
        keyFile,
        what,
        "convert it: openssl pkcs8 -topk8 -nocrypt -in " + keyFile + " -out NEW-FILE");
    return Optional.empty();
  }

  private Optional<PrivateKey> pkcs8(PemBlock block) {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(block.content());
      for (String algorithm : KeyMaterial.SIGNATURES.keySet()) {
        Optional<PrivateKey> key = key(algorithm, spec);
        if (key.isPresent()) {
          return key;
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // damaged: the same advice as for a key of another kind
    }
    problems.add(
        KEY,
        keyFile,
        "is damaged or of another kind",
        "use an RSA, EC or Ed25519 key in PKCS#8 form");
    return Optional.empty();
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty(); // of another algorithm
    }
  }
}
