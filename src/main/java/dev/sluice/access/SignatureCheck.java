package dev.sluice.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * Verifies signatures, by asymmetric algorithms alone: with {@code none} and {@code HS…} whoever
 * knows the public key could sign. Ed25519 is the JDK's own, because the library's needs another
 * library.
 */
final class SignatureCheck {

  private static final Set<JWSAlgorithm> RSA =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512);
  private static final Set<JWSAlgorithm> EC =
      Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
  private static final Set<JWSAlgorithm> ED25519 = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);
  private static final int ED25519_BYTES = 32;

  private SignatureCheck() {}

  /** Whether a key is of a kind that is known here. */
  static boolean isFor(JWK key) {
    return key instanceof RSAKey
        || (key instanceof ECKey ec && CURVES.contains(ec.getCurve()))
        || (key instanceof OctetKeyPair pair
            && pair.getCurve().equals(Curve.Ed25519)
            && pair.getDecodedX().length == ED25519_BYTES);
  }

  /**
   * Whether {@code key} signed the token, by an algorithm that is the key's own: the token's word
   * for it alone decides nothing.
   */
  static boolean verifies(SignedJWT token, JWK key) {
    JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
      return false;
    }
    try {
      if (key instanceof RSAKey rsa && RSA.contains(algorithm)) {
        return verifies(token, new RSASSAVerifier(rsa));
      }
      if (key instanceof ECKey ec && EC.contains(algorithm)) {
        ECDSAVerifier verifier = new ECDSAVerifier(ec);
        return verifier.supportedJWSAlgorithms().contains(algorithm) && verifies(token, verifier);
      }
      return key instanceof OctetKeyPair pair
          && ED25519.contains(algorithm)
          && verifiesEd25519(token, pair.getDecodedX());
    } catch (JOSEException | GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean verifies(SignedJWT token, JWSVerifier verifier) throws JOSEException {
    return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
  }

  /** RFC 8032 §5.1.3: the y coordinate, little endian, its last bit the sign of x. */
  private static boolean verifiesEd25519(SignedJWT token, byte[] encoded)
      throws GeneralSecurityException {
    byte[] y = new byte[encoded.length];
    for (int i = 0; i < encoded.length; i++) {
      y[i] = encoded[encoded.length - 1 - i];
    }
    boolean odd = (y[0] & 0x80) != 0;
    y[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, y));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519")
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point)));
    signature.update(token.getSigningInput());
    return signature.verify(token.getSignature().decode());
  }
}
