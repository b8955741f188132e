package dev.sluice.access;

import dev.sluice.access.ClientIdentity.Method;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Compares passwords with their hashes, which is slow on purpose. So only as many at once as there
 * are processors do; a few more wait, the rest are told to come again. What was right is remembered
 * for a short time, by a keyed digest, or each request of one caller would cost as much again. A
 * name that nobody has costs what the others cost. Blocks: never on a loop's thread.
 */
final class BasicCheck {

  private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_REMEMBERED = 1_000;
  private static final int MOST_WAITING = 32;

  private final Map<String, BasicUser> users;
  private final List<PasswordHash> hashes;
  private final Map<String, Long> right = new ConcurrentHashMap<>();
  private final Semaphore processors =
      new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final SecretKeySpec key;
  private final LongSupplier nanos;

  BasicCheck(Map<String, BasicUser> users, LongSupplier nanos) {
    this.users = users;
    this.hashes =
        new ArrayList<>(
            users.values().stream()
                .map(BasicUser::password)
                .sorted(Comparator.comparing(PasswordHash::encoded))
                .toList());
    this.nanos = nanos;
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /** What came of it. */
  enum Result {
    RIGHT,
    WRONG,
    /** Too many are being compared. */
    BUSY
  }

  /** The user that a right name and password make. */
  ClientIdentity identity(String name) {
    BasicUser user = users.get(name);
    if (user == null) {
      throw new IllegalArgumentException("nobody has this name");
    }
    return new ClientIdentity(name, user.roles(), Method.BASIC);
  }

  /** Compares. */
  Result check(BasicCredentials credentials) {
    byte[] digest = digest(credentials.name() + '\0' + credentials.password());
    String remembered = HexFormat.of().formatHex(digest);
    Long until = right.get(remembered);
    if (until != null && nanos.getAsLong() - until < 0) {
      return Result.RIGHT;
    }
    BasicUser user = users.get(credentials.name());
    Boolean matches =
        compare(user == null ? stranger(credentials.name()) : user.password(), credentials);
    if (matches == null) {
      return Result.BUSY;
    }
    if (user == null || !matches) {
      return Result.WRONG;
    }
    remember(remembered);
    return Result.RIGHT;
  }

  /**
   * The hash that a name without one is compared with: always the same of those there are, so that
   * even where they differ in cost the time tells nothing of whether somebody has the name.
   */
  private PasswordHash stranger(String name) {
    return hashes.get(Math.floorMod(digest(name)[0], hashes.size()));
  }

  /** Null where there is no getting to it. */
  private @Nullable Boolean compare(PasswordHash hash, BasicCredentials credentials) {
    try {
      if (processors.getQueueLength() >= MOST_WAITING
          || !processors.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    try {
      return hash.matches(credentials.password());
    } finally {
      processors.release();
    }
  }

  private void remember(String digest) {
    long now = nanos.getAsLong();
    if (right.size() >= MOST_REMEMBERED) {
      right.values().removeIf(until -> now - until >= 0);
    }
    if (right.size() < MOST_REMEMBERED) {
      right.put(digest, now + REMEMBERED_NANOS);
    }
  }

  private byte[] digest(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
