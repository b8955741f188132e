package dev.sluice.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** An identity provider of the test's own: keys, and tokens signed with them. */
public final class Tokens {

  /** Who signs. */
  public static final String ISSUER = "https://idp.example";

  /** For whom. */
  public static final String AUDIENCE = "sluice";

  /** When the tokens are valid, if nothing else is said. */
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  static final RSAKey RSA = rsa(2_048, "rsa");
  static final ECKey EC = ec("ec");
  private static final KeyPair ED25519 = ed25519();

  private Tokens() {}

  static RSAKey rsa(int bits, String id) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A new key for ES256. */
  public static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The public half, as a provider publishes it: the last 32 bytes of its X.509 form. */
  static OctetKeyPair ed25519Public() {
    byte[] encoded = ED25519.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).keyID("ed").build();
  }

  /** What a provider publishes. */
  public static String keySet(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  /** Claims that are all right at {@code now}, for the user {@code alice} with role {@code ops}. */
  public static JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("alice")
        .claim("roles", List.of("ops", "dba"))
        .notBeforeTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  static JWTClaimsSet.Builder claims() {
    return claims(NOW);
  }

  /** A token by {@code key}, which it names. */
  public static String sign(JWTClaimsSet claims, ECKey key) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    return sign(header, claims, signer(key));
  }

  static String sign(JWTClaimsSet claims) {
    return sign(claims, EC);
  }

  static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return token.serialize();
  }

  static JWSSigner signer(ECKey key) {
    try {
      return new ECDSASigner(key);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key, Set.of());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String signEd25519(JWTClaimsSet claims) {
    String head = "{\"alg\":\"EdDSA\",\"kid\":\"ed\"}";
    String input = Base64URL.encode(head) + "." + Base64URL.encode(claims.toString());
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(ED25519.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
