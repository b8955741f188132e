package dev.sluice.launcher.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A private key and its certificates.
 *
 * @param chain the key's own first; never empty
 */
record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

  /** The algorithms of keys that TLS can be served with here, each with how it signs. */
  static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /** Whether {@code key} signs what {@code publicKey} verifies. */
  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    try {
      byte[] text = {1, 2, 3, 4};
      Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of two kinds
    }
  }

  /** What makes clients turn away although it can be served; empty in the usual case. */
  Optional<String> warning(Instant now) {
    for (X509Certificate certificate : chain) {
      String which = certificate.equals(chain.get(0)) ? "The TLS certificate" : "A CA certificate";
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        return Optional.of(
            which + " expired at " + certificate.getNotAfter().toInstant() + "; renew it");
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        return Optional.of(
            which
                + " is not valid before "
                + certificate.getNotBefore().toInstant()
                + "; check this machine's clock");
      }
    }
    return Optional.empty();
  }

  /** A context of its own: sessions made with other key material are not resumed in it. */
  SSLContext context() {
    try {
      char[] password = new char[0];
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("server", key, password, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("key material that was read cannot be used", e);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    X509Certificate own = chain.get(0);
    return "serial %s, valid until %s"
        .formatted(own.getSerialNumber().toString(16), own.getNotAfter().toInstant());
  }
}
