package dev.sluice.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of an issuer, read when they are needed and kept for ten minutes. A token with a
 * key that is not among them makes them be read again, at most once in half a minute, whoever sends
 * such tokens. While they cannot be read the old ones hold for an hour. One thread reads; the
 * others go on with what there is.
 */
final class IssuerKeys {

  private static final System.Logger LOG = System.getLogger(IssuerKeys.class.getName());

  static final long FRESH_NANOS = TimeUnit.MINUTES.toNanos(10);
  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
  static final long STALE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** How long those wait that have no key at all while the first reading goes on. */
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final int LEAST_RSA_BITS = 2_048;

  private final KeySource source;
  private final LongSupplier nanos;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Held held;
  private long triedAt;
  private boolean tried;

  IssuerKeys(KeySource source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  private record Held(List<JWK> keys, long readAt) {}

  /**
   * The keys that may have signed a token. May block for some seconds.
   *
   * @param id the key that the token names; null: it names none
   */
  List<JWK> candidates(@Nullable String id) {
    Held now = held;
    boolean fresh = now != null && nanos.getAsLong() - now.readAt < FRESH_NANOS;
    List<JWK> found = named(now, id);
    if (fresh && !found.isEmpty()) {
      return found;
    }
    refresh(now == null);
    return named(held, id);
  }

  private List<JWK> named(@Nullable Held now, @Nullable String id) {
    if (now == null || nanos.getAsLong() - now.readAt >= STALE_NANOS) {
      return List.of();
    }
    return now.keys.stream().filter(key -> id == null || id.equals(key.getKeyID())).toList();
  }

  private void refresh(boolean first) {
    try {
      if (!reading.tryLock(first ? FIRST_NANOS : 0, TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (!tried || nanos.getAsLong() - triedAt >= PAUSE_NANOS) {
        tried = true;
        triedAt = nanos.getAsLong();
        held = new Held(parse(source.read()), triedAt);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "the keys at {0} cannot be read: {1}", source.text(), e.toString());
    } finally {
      reading.unlock();
    }
  }

  /**
   * The keys of a set that signatures may be verified with, without any private part.
   *
   * @throws IllegalArgumentException if it is no key set, or there is none in it
   */
  static List<JWK> parse(String text) {
    List<JWK> keys;
    try {
      keys =
          JWKSet.parse(text).getKeys().stream()
              .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
              .map(JWK::toPublicJWK)
              .filter(IssuerKeys::isUsable)
              .toList();
    } catch (ParseException e) {
      throw new IllegalArgumentException("is no key set (RFC 7517)", e);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("has no RSA, EC or Ed25519 key for signatures");
    }
    return keys;
  }

  private static boolean isUsable(@Nullable JWK key) {
    return key != null
        && SignatureCheck.isFor(key)
        && (!(key instanceof RSAKey) || key.size() >= LEAST_RSA_BITS);
  }
}
