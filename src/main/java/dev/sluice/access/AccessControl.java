package dev.sluice.access;

import dev.sluice.access.ClientIdentity.Method;
import dev.sluice.access.Identification.ForeignPage;
import dev.sluice.access.Identification.Known;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one way in, for handshakes and HTTP requests alike: the page, the identity, and then what the
 * page may do with that identity. Any thread, but a loop's. What is given as {@code roles} are
 * those that rules and targets ask about: a server's login tells of no others.
 */
public final class AccessControl {

  private final Supplier<OriginPolicy> origins;
  private final Supplier<Authenticators> authenticators;

  /**
   * @param origins the policy of the moment
   * @param authenticators those of the moment
   */
  public AccessControl(Supplier<OriginPolicy> origins, Supplier<Authenticators> authenticators) {
    this.origins = origins;
    this.authenticators = authenticators;
  }

  /** For a WebSocket handshake, with which browsers always send an Origin (RFC 6455 §4.1). */
  public Identification enterByHandshake(Caller caller, Set<String> roles) {
    return enter(caller, roles, false);
  }

  /**
   * For an HTTP request that dials or changes something. Those are never for pages of other sites,
   * not even of origins that may open tunnels: no such page could read the answer.
   */
  public Identification enterByPage(Caller caller, Set<String> roles) {
    return "cross-site".equals(caller.fetchSite())
        ? new ForeignPage()
        : enter(caller, roles, isOwnPage(caller));
  }

  /** For an HTTP request that only reads what other sites' pages are not shown anyway. */
  public Identification identify(Caller caller, Set<String> roles) {
    Set<String> all = new HashSet<>(roles);
    all.add(ClientIdentity.ADMIN);
    return authenticators.get().identify(caller, all);
  }

  /** What somebody who was let in once is by the configuration of now, or nobody any more. */
  public Optional<ClientIdentity> stillKnown(ClientIdentity identity) {
    return authenticators.get().stillKnown(identity);
  }

  /** What browsers say of a GET, with which they send no Origin to the page's own server. */
  private static boolean isOwnPage(Caller caller) {
    return "same-origin".equals(caller.fetchSite()) || "none".equals(caller.fetchSite());
  }

  private Identification enter(Caller caller, Set<String> roles, boolean ownPage) {
    // before anything is compared: a foreign page is not to try passwords with somebody's browser
    if (!origins.get().allows(caller.origin(), caller.scheme(), caller.host())
        || (caller.origin() == null && "cross-site".equals(caller.fetchSite()))) {
      return new ForeignPage();
    }
    Identification who = identify(caller, roles);
    boolean forged =
        !ownPage && who instanceof Known known && mayBeForged(caller, known.identity());
    return forged ? new ForeignPage() : who;
  }

  /**
   * Whether a request may have been made by somebody else's page and dressed by the browser: it has
   * a cookie that a login may go by, and nothing that says which page sent it. Credentials that
   * pages and programs set themselves do not come by accident, and who is nobody has nothing to
   * lend.
   */
  private static boolean mayBeForged(Caller caller, ClientIdentity identity) {
    return caller.origin() == null && identity.method() == Method.CONTAINER && caller.hasCookie();
  }
}
