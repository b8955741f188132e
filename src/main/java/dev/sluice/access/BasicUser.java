package dev.sluice.access;

import java.util.Set;

/** A name of the configuration that may come with a password. */
public record BasicUser(PasswordHash password, Set<String> roles) {
  public BasicUser {
    roles = Set.copyOf(roles);
  }
}
