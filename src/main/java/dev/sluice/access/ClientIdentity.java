package dev.sluice.access;

import java.util.Set;

/**
 * Who asks, as far as somebody has established it.
 *
 * @param subject the name that the {@code method} vouches for; unique within the method only
 * @param roles the roles that count for the rules
 * @param method what established it
 */
public record ClientIdentity(String subject, Set<String> roles, Method method) {

  public ClientIdentity {
    roles = Set.copyOf(roles);
  }

  /** What vouches for a subject. */
  public enum Method {
    /** Nobody: the caller did not say who it is, and need not. */
    ANONYMOUS,
    /** The server's own login. */
    CONTAINER
  }

  /** Somebody who did not say who. */
  public static ClientIdentity anonymous(Set<String> roles) {
    return new ClientIdentity("anonymous", roles, Method.ANONYMOUS);
  }
}
