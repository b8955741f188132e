package dev.sluice.tunnel;

import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.access.ClientIdentity.Method;
import dev.sluice.access.Identification;
import dev.sluice.limits.Exhausted;
import dev.sluice.limits.Limits;
import dev.sluice.metrics.Metrics;
import dev.sluice.target.Requested;
import dev.sluice.tunnel.Admission.Refused;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * How often callers may ask, for tunnels and probes alike. All of it is decided before policy is
 * asked, so a limit says nothing about a target. Any thread.
 *
 * <p>Who is known counts as that user, from wherever it comes. Whoever is not, and whoever need not
 * say who it is, counts by its address: all strangers together are nobody.
 */
@Dependent
public class CallerLimits {

  private final Limits limits;
  private final Metrics metrics;

  /**
   * @param limits the node's
   * @param metrics count what each limit refuses
   */
  @Inject
  public CallerLimits(Limits limits, Metrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * What a caller is counted by.
   *
   * @param client its address
   */
  static String keyOf(String client, ClientIdentity identity) {
    return isStranger(identity) ? "address " + Caller.countingKey(client) : userKey(identity);
  }

  /** Whether nobody vouches for who this is. */
  static boolean isStranger(ClientIdentity identity) {
    return identity.vouched() == Method.ANONYMOUS;
  }

  /** Names are unique only together with what vouches for them. */
  static String userKey(ClientIdentity identity) {
    return identity.vouched().word() + " " + identity.subject();
  }

  /**
   * Whether a caller is heard at all. An address from which too many tried in vain to get in is
   * not, not even with the right password: otherwise the answer would still tell it from a wrong
   * one, and guessing would go on.
   */
  public Optional<Refused> hear(Caller caller) {
    return refused(limits.failures().look(caller.countingKey()));
  }

  /**
   * Notes what came of asking who a caller is. Only those count here that were nobody: what a
   * foreign page makes a browser send must not use up the limit of whoever sits there.
   */
  public void heard(Caller caller, Identification who) {
    if (who instanceof Identification.Unknown) {
      var unused = limits.failures().pass(caller.countingKey());
    }
  }

  /** Counts a handshake. */
  public Optional<Refused> handshake(Caller caller, ClientIdentity identity) {
    return refused(limits.handshakes().pass(keyOf(caller.client(), identity)));
  }

  /** Counts a probe. */
  public Optional<Refused> probe(Caller caller, ClientIdentity identity) {
    return refused(limits.probes().pass(keyOf(caller.client(), identity)));
  }

  /** Counts what is asked for. */
  public Optional<Refused> target(Caller caller, ClientIdentity identity, Requested requested) {
    return refused(limits.targets().pass(keyOf(caller.client(), identity), requested.text()));
  }

  private Optional<Refused> refused(Optional<Exhausted> exhausted) {
    return exhausted.map(this::refused);
  }

  /** What is said of a limit that has been reached, which is counted. */
  Refused refused(Exhausted exhausted) {
    metrics.limited(exhausted.limit().word());
    return Refused.limited(exhausted);
  }
}
