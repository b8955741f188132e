package dev.sluice.access;

import java.util.Locale;
import java.util.Set;

/**
 * Who asks, as far as somebody has established it.
 *
 * @param subject the name that the {@code method} vouches for; unique within the method only
 * @param roles the roles that count for the rules
 * @param method what established it in this request
 * @param vouched what established it in the first place: of a ticket, how its owner was known when
 *     asking for it; else the same as {@code method}
 */
public record ClientIdentity(String subject, Set<String> roles, Method method, Method vouched) {

  /** The role of the administrators of the gateway. */
  public static final String ADMIN = "sluice-admin";

  public ClientIdentity {
    roles = Set.copyOf(roles);
  }

  /** Somebody whom {@code method} itself vouches for. */
  public ClientIdentity(String subject, Set<String> roles, Method method) {
    this(subject, roles, method, method);
  }

  /** What vouches for a subject. */
  public enum Method {
    /** Nobody: the caller did not say who it is, and need not. */
    ANONYMOUS,
    /** The server's own login. */
    CONTAINER,
    /** A name and a password of the configuration (RFC 7617). */
    BASIC,
    /** A signed token of an identity provider (RFC 6750). */
    BEARER,
    /** A one-time ticket that the gateway has given to somebody it knew. */
    TICKET;

    /** The word in answers, metrics and records. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Somebody who did not say who. */
  public static ClientIdentity anonymous(Set<String> roles) {
    return new ClientIdentity("anonymous", roles, Method.ANONYMOUS);
  }

  /** Whether the caller is an administrator of the gateway. */
  public boolean isAdmin() {
    return roles.contains(ADMIN);
  }

  /**
   * Whether both are the same somebody, whatever established it in either request. Nobody is the
   * same as somebody who did not say who.
   */
  public boolean isSameAs(ClientIdentity other) {
    return vouched != Method.ANONYMOUS && vouched == other.vouched && subject.equals(other.subject);
  }

  /** The same caller, who has shown a ticket of its own. */
  ClientIdentity byTicket() {
    return new ClientIdentity(subject, roles, Method.TICKET, vouched);
  }

  /** The same caller with other roles. */
  ClientIdentity withRoles(Set<String> others) {
    return new ClientIdentity(subject, others, method, vouched);
  }
}
