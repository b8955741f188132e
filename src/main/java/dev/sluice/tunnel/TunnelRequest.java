package dev.sluice.tunnel;

import dev.sluice.access.AccessControl;
import dev.sluice.access.ClientIdentity;
import dev.sluice.target.Decision;
import dev.sluice.target.TargetPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a handshake that was let in.
 *
 * @param allowed what policy allowed, with the addresses that were checked: nothing is looked up
 *     again
 * @param client the address the request came from
 * @param identity the caller; of its roles those that the rules of then named
 * @param trace the trace that the handshake belongs to, or null
 */
public record TunnelRequest(
    Decision.Allowed allowed, String client, ClientIdentity identity, @Nullable TraceParent trace) {

  /** What was asked for, as text. */
  public String target() {
    return allowed.requested().text();
  }

  /** Whether who was let in still is, and rules that have changed still allow it. */
  boolean isAllowedBy(TargetPolicy policy, AccessControl access) {
    return access
        .stillKnown(identity)
        .filter(now -> policy.stillAllows(allowed, now.roles()::contains))
        .isPresent();
  }
}
