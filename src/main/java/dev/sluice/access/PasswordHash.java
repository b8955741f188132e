package dev.sluice.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * What a configuration holds instead of a password: {@code pbkdf2-sha256:iterations:salt:hash} (RFC
 * 8018, HMAC-SHA-256, salt and 32-byte hash in base64), or a bcrypt hash as other tools make it,
 * {@code $2y$10$…}. Its text is not shown.
 */
public final class PasswordHash {

  /** OWASP's figure for PBKDF2 with HMAC-SHA-256; some tenths of a second. */
  static final int NEW_ITERATIONS = 600_000;

  private static final int LEAST_ITERATIONS = 100_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int LEAST_COST = 10;
  private static final int MOST_COST = 16;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern PBKDF2 =
      Pattern.compile("pbkdf2-sha256:([1-9][0-9]{0,8}):([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)");
  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");

  private final String text;
  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(String text, int iterations, byte[] salt, byte[] hash) {
    this.text = text;
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException {@code what is wrong; what to write instead}, without the text
   */
  public static PasswordHash parse(String text) {
    Matcher bcrypt = BCRYPT.matcher(text);
    if (bcrypt.matches()) {
      int cost = Integer.parseInt(bcrypt.group(1));
      check(cost, LEAST_COST, MOST_COST, "a bcrypt cost");
      return new PasswordHash(text, 0, new byte[0], new byte[0]);
    }
    Matcher pbkdf2 = PBKDF2.matcher(text);
    if (!pbkdf2.matches()) {
      throw new IllegalArgumentException(
          "is not a password hash; make one with java -jar sluice.war hash-password");
    }
    int iterations = Integer.parseInt(pbkdf2.group(1));
    check(iterations, LEAST_ITERATIONS, MOST_ITERATIONS, "an iteration count");
    byte[] salt = base64(pbkdf2.group(2));
    byte[] hash = base64(pbkdf2.group(3));
    if (salt.length < SALT_BYTES || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException(
          "has a salt of less than 16 bytes or a hash of other than 32; make it anew with java -jar"
              + " sluice.war hash-password");
    }
    return new PasswordHash(text, iterations, salt, hash);
  }

  private static void check(int value, int least, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "has %s outside of %d to %d; make it anew with java -jar sluice.war hash-password"
              .formatted(what, least, most));
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not base64; copy the whole hash", e);
    }
  }

  /** A new one for a password. Takes some tenths of a second. */
  public static PasswordHash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] hash = pbkdf2(password, salt, NEW_ITERATIONS);
    Base64.Encoder encoder = Base64.getEncoder();
    String text =
        "pbkdf2-sha256:%d:%s:%s"
            .formatted(NEW_ITERATIONS, encoder.encodeToString(salt), encoder.encodeToString(hash));
    return new PasswordHash(text, NEW_ITERATIONS, salt, hash);
  }

  /** Whether it is the hash of this password. Slow by design: never on a loop's thread. */
  boolean matches(String password) {
    return iterations == 0
        ? BCrypt.checkpw(password.getBytes(StandardCharsets.UTF_8), text)
        : MessageDigest.isEqual(hash, pbkdf2(password, salt, iterations));
  }

  private static byte[] pbkdf2(String password, byte[] salt, int iterations) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(
              new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 with HMAC-SHA-256", e);
    }
  }

  /** What goes into the file. */
  public String encoded() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "a password hash";
  }
}
