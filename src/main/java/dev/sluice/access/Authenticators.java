package dev.sluice.access;

import dev.sluice.access.ClientIdentity.Method;
import dev.sluice.access.Identification.Busy;
import dev.sluice.access.Identification.Known;
import dev.sluice.access.Identification.Unknown;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who a caller is: the server's login, a password, a token, a ticket, and last somebody
 * who need not say. The first that there is decides. A credential that was shown and is wrong is
 * the end of it: it never makes anybody anonymous. Any thread, but a loop's: passwords and keys
 * block.
 */
public final class Authenticators {

  private final AuthSettings settings;
  private final TicketSettings ticketSettings;
  private final Tickets tickets;
  private final BasicCheck basic;
  private final @Nullable TokenCheck bearer;

  /** Those of a configuration, on a node's tickets. */
  public Authenticators(AuthSettings settings, TicketSettings ticketSettings, Tickets tickets) {
    this(
        settings,
        ticketSettings,
        tickets,
        new BasicCheck(settings.basic(), System::nanoTime),
        settings
            .bearer()
            .map(b -> new TokenCheck(b, System::nanoTime, Clock.systemUTC()))
            .orElse(null));
  }

  private Authenticators(
      AuthSettings settings,
      TicketSettings ticketSettings,
      Tickets tickets,
      BasicCheck basic,
      @Nullable TokenCheck bearer) {
    this.settings = settings;
    this.ticketSettings = ticketSettings;
    this.tickets = tickets;
    this.basic = basic;
    this.bearer = bearer;
  }

  /** Those of a changed configuration; what has not changed keeps what it remembers. */
  public Authenticators with(AuthSettings changed, TicketSettings changedTickets) {
    return changed.equals(settings)
        ? new Authenticators(settings, changedTickets, tickets, basic, bearer)
        : new Authenticators(changed, changedTickets, tickets);
  }

  /**
   * Who it is.
   *
   * @param roles the roles that anything asks about: a server's login tells of no others
   */
  public Identification identify(Caller caller, Set<String> roles) {
    if (caller.tickets().isEmpty() && caller.queryTickets().isEmpty()) {
      return identifyWithoutTicket(caller, roles);
    }
    // whatever else is shown, a ticket that is shown is spent
    Optional<Tickets.Grant> grant = redeem(caller);
    if (grant.isEmpty()) {
      return unknown(false);
    }
    boolean more = byContainer(caller) || !authorization(caller).isEmpty();
    if (!more) {
      return new Known(grant.get().owner().byTicket(), grant.get());
    }
    Identification otherwise = identifyWithoutTicket(caller, roles);
    return otherwise instanceof Known known ? new Known(known.identity(), grant.get()) : otherwise;
  }

  /**
   * What somebody who was known once is by this configuration: with the roles of now, or nobody any
   * more. Of a server's login and of a token the roles stay as they were.
   */
  public Optional<ClientIdentity> stillKnown(ClientIdentity identity) {
    return switch (identity.vouched()) {
      case CONTAINER -> Optional.of(identity).filter(i -> settings.container());
      case BASIC ->
          Optional.ofNullable(settings.basic().get(identity.subject()))
              .map(user -> identity.withRoles(user.roles()));
      case BEARER -> Optional.of(identity).filter(i -> bearer != null);
      case ANONYMOUS -> settings.anonymous().map(identity::withRoles);
      case TICKET -> Optional.empty(); // a ticket vouches for nobody by itself
    };
  }

  private boolean byContainer(Caller caller) {
    return settings.container() && caller.principal() != null;
  }

  /** Where neither passwords nor tokens are configured the header is somebody else's. */
  private List<String> authorization(Caller caller) {
    return settings.basic().isEmpty() && bearer == null ? List.of() : caller.authorization();
  }

  private Identification identifyWithoutTicket(Caller caller, Set<String> roles) {
    if (byContainer(caller)) {
      Set<String> held = roles.stream().filter(caller.hasRole()).collect(Collectors.toSet());
      String name = Objects.requireNonNull(caller.principal());
      return new Known(new ClientIdentity(name, held, Method.CONTAINER), null);
    }
    List<String> shown = authorization(caller);
    if (shown.size() > 1) {
      return unknown(false);
    }
    if (shown.size() == 1) {
      return byAuthorization(shown.get(0));
    }
    return settings
        .anonymous()
        .<Identification>map(own -> new Known(ClientIdentity.anonymous(own), null))
        .orElseGet(() -> unknown(false));
  }

  private Identification byAuthorization(String header) {
    int space = header.indexOf(' ');
    String scheme = space < 0 ? header : header.substring(0, space);
    String value = space < 0 ? "" : header.substring(space + 1).strip();
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "basic" -> byPassword(value);
      case "bearer" ->
          (bearer == null ? Optional.<ClientIdentity>empty() : bearer.check(value))
              .<Identification>map(identity -> new Known(identity, null))
              .orElseGet(() -> unknown(true));
      default -> unknown(false);
    };
  }

  private Identification byPassword(String value) {
    BasicCredentials credentials = BasicCredentials.parse(value);
    if (credentials == null || settings.basic().isEmpty()) {
      return unknown(false);
    }
    return switch (basic.check(credentials)) {
      case RIGHT -> new Known(basic.identity(credentials.name()), null);
      case WRONG -> unknown(false);
      case BUSY -> new Busy();
    };
  }

  private Optional<Tickets.Grant> redeem(Caller caller) {
    List<String> shown =
        Stream.concat(caller.tickets().stream(), caller.queryTickets().stream()).toList();
    if (shown.size() != 1 || (!caller.queryTickets().isEmpty() && !ticketSettings.inQuery())) {
      shown.forEach(tickets::redeem); // shown where it may not be: somebody else may have read it
      return Optional.empty();
    }
    return tickets
        .redeem(shown.get(0))
        .filter(grant -> Objects.equals(grant.origin(), caller.origin()))
        .filter(grant -> stillKnown(grant.owner()).isPresent());
  }

  private Unknown unknown(boolean wrongToken) {
    String token =
        wrongToken ? "Bearer realm=\"sluice\", error=\"invalid_token\"" : "Bearer realm=\"sluice\"";
    if (settings.basic().isEmpty()) {
      return new Unknown(token);
    }
    String password = "Basic realm=\"sluice\", charset=\"UTF-8\"";
    return new Unknown(bearer == null ? password : password + ", " + token);
  }
}
