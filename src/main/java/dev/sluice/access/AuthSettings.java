package dev.sluice.access;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is let in, and how callers become known. What is not there does not exist: nothing falls back
 * to it.
 *
 * @param container whether the server's own login counts
 * @param basic users with passwords, by name
 * @param bearer whose tokens are taken
 * @param anonymous the roles of who does not say who it is; empty: nobody may be that
 */
public record AuthSettings(
    boolean container,
    Map<String, BasicUser> basic,
    Optional<BearerSettings> bearer,
    Optional<Set<String>> anonymous) {

  public AuthSettings {
    basic = Map.copyOf(basic);
    anonymous = anonymous.map(Set::copyOf);
  }

  /**
   * What holds where nothing is configured: the server's own login, and anybody without it as
   * somebody without roles.
   */
  public static AuthSettings defaults() {
    return new AuthSettings(true, Map.of(), Optional.empty(), Optional.of(Set.of()));
  }
}
