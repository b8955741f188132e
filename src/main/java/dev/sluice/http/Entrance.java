package dev.sluice.http;

import dev.sluice.access.AccessControl;
import dev.sluice.access.Caller;
import dev.sluice.access.ClientIdentity;
import dev.sluice.access.Forwarding;
import dev.sluice.access.Identification;
import dev.sluice.target.TargetPolicy;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.CallerLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Who asks over HTTP, for every address that is not for anybody. */
@Dependent
public class Entrance {

  private final AccessControl access;
  private final Supplier<Forwarding> forwarding;
  private final Supplier<TargetPolicy> targets;
  private final CallerLimits limits;

  /**
   * @param forwarding whose word counts at the moment about where a request came from
   * @param targets the policy of the moment, for the roles it asks about
   * @param limits keep who guesses from guessing on
   */
  @Inject
  public Entrance(
      AccessControl access,
      Supplier<Forwarding> forwarding,
      Supplier<TargetPolicy> targets,
      CallerLimits limits) {
    this.access = access;
    this.forwarding = forwarding;
    this.targets = targets;
    this.limits = limits;
  }

  /** The facts of who sent a request. */
  Caller caller(HttpServletRequest request) {
    return Caller.of(new ServletFacts(request), forwarding.get());
  }

  /**
   * Lets in who asks for something to be dialled or changed.
   *
   * @throws RefusalException as origin_forbidden, unauthenticated, rate_limited or overloaded
   */
  ClientIdentity enter(Caller caller) {
    return known(caller, access::enterByPage);
  }

  /**
   * Lets in who only wants to read.
   *
   * @throws RefusalException as unauthenticated, rate_limited or overloaded
   */
  ClientIdentity identify(Caller caller) {
    return known(caller, access::identify);
  }

  private ClientIdentity known(
      Caller caller, BiFunction<Caller, Set<String>, Identification> asked) {
    RefusalException.throwIf(limits.hear(caller));
    Identification who = asked.apply(caller, targets.get().rolesAsked());
    limits.heard(caller, who);
    // a ticket opens one tunnel and nothing else; here it is spent in vain
    if (who instanceof Identification.Known known && known.grant() == null) {
      return known.identity();
    }
    throw new RefusalException(
        Problem.of(
            Refused.of(
                who instanceof Identification.Known
                    ? new Identification.Unknown("Bearer realm=\"sluice\"")
                    : who)));
  }
}
