package dev.sluice.tunnel;

import dev.sluice.target.Decision;
import dev.sluice.target.TargetPolicy;
import java.util.Set;

/**
 * The facts of a handshake that was let in.
 *
 * @param allowed what policy allowed, with the addresses that were checked: nothing is looked up
 *     again
 * @param client the address the request came from
 * @param roles those that the caller has, of the ones that the rules of then named
 */
public record TunnelRequest(Decision.Allowed allowed, String client, Set<String> roles) {

  /** What was asked for, as text. */
  public String target() {
    return allowed.requested().text();
  }

  /** Whether rules that have changed still allow it. */
  boolean isAllowedBy(TargetPolicy policy) {
    return policy.stillAllows(allowed, roles::contains);
  }
}
