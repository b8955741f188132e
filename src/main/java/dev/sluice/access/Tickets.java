package dev.sluice.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One-time tickets: what a page gets over HTTP with its credentials, and shows in a WebSocket
 * handshake, where browsers let it set no header. Each is 192 random bits, kept by its SHA-256
 * only, and bound to its owner, one target and the page's origin. Whatever shows it spends it. Any
 * thread.
 */
public final class Tickets {

  private static final int BYTES = 24;

  /** 43 characters are 256 bits: nothing of ours is longer, so it is not even hashed. */
  private static final int LONGEST = 43;

  /** How many may wait for their redemption, on the node and for one owner. */
  static final int MOST = 10_000;

  static final int MOST_OF_ONE = 100;

  private final Map<String, Grant> open = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanos;

  /** By the system's monotonic clock. */
  public Tickets() {
    this(System::nanoTime);
  }

  Tickets(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * What a ticket stands for.
   *
   * @param owner who asked for it
   * @param address where the owner asked from, as limits count it
   * @param target the one target that it opens, as {@code Requested.text()} has it
   * @param origin the Origin header that it was asked for with, or null
   * @param deadline on the monotonic clock, in nanoseconds
   * @param hash of the ticket, in hex: what records may show
   */
  public record Grant(
      ClientIdentity owner,
      String address,
      String target,
      @Nullable String origin,
      long deadline,
      String hash) {}

  /**
   * A new ticket.
   *
   * @param caller who asked, as {@code owner}
   * @return empty where too many wait already
   */
  public Optional<String> issue(
      ClientIdentity owner, Caller caller, String target, Duration lifetime) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    String address = caller.countingKey();
    synchronized (this) {
      open.values().removeIf(this::isOver);
      long own =
          open.values().stream()
              .filter(g -> g.owner.equals(owner) && g.address.equals(address))
              .count();
      if (open.size() >= MOST || own >= MOST_OF_ONE) {
        return Optional.empty();
      }
      String hash = hash(ticket);
      long deadline = nanos.getAsLong() + lifetime.toNanos();
      open.put(hash, new Grant(owner, address, target, caller.origin(), deadline, hash));
    }
    return Optional.of(ticket);
  }

  /**
   * Spends a ticket: of any number of callers at once one gets what it stands for. Whether that is
   * what the caller wants is the caller's to see; the ticket is spent either way.
   */
  Optional<Grant> redeem(String ticket) {
    return ticket.length() > LONGEST
        ? Optional.empty()
        : Optional.ofNullable(open.remove(hash(ticket))).filter(grant -> !isOver(grant));
  }

  private boolean isOver(Grant grant) {
    return nanos.getAsLong() - grant.deadline >= 0;
  }

  private static String hash(String ticket) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
