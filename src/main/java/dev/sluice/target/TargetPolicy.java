package dev.sluice.target;

import dev.sluice.target.Decision.Allowed;
import dev.sluice.target.Decision.Denied;
import dev.sluice.target.Decision.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be dialled. What no rule allows is refused, and denying rules win wherever they
 * stand. Any thread; changed settings are a new policy.
 *
 * <p>What every handshake passes through are loops: with streams the same took a twentieth of what
 * opening a tunnel costs.
 */
public final class TargetPolicy {
  private final TargetSettings settings;
  private final Resolver resolver;
  private final SelfAddresses self;
  private final List<NumberedRule> rules;
  private final List<NumberedRule> denying;
  private final List<NumberedRule> allowing;
  private final List<NumberedRule> shadows;
  private final Set<String> rolesAsked;

  /** A policy by these settings; the resolver is asked for nothing that they refuse outright. */
  public TargetPolicy(TargetSettings settings, Resolver resolver, SelfAddresses self) {
    this.settings = settings;
    this.resolver = resolver;
    this.self = self;
    this.rules =
        IntStream.range(0, settings.rules().size())
            .mapToObj(i -> new NumberedRule(i, settings.rules().get(i)))
            .toList();
    this.denying = rules.stream().filter(r -> r.isEnforced() && !r.rule().allow()).toList();
    this.allowing = rules.stream().filter(r -> r.isEnforced() && r.rule().allow()).toList();
    this.shadows = rules.stream().filter(r -> !r.isEnforced()).toList();
    this.rolesAsked = rolesAsked(settings);
  }

  /** The roles that rules and named targets ask about. */
  public Set<String> rolesAsked() {
    return rolesAsked;
  }

  private static Set<String> rolesAsked(TargetSettings settings) {
    return Stream.concat(
            settings.rules().stream().flatMap(rule -> rule.roles().stream()),
            settings.targets().values().stream().flatMap(target -> target.roles().stream()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The named targets that a caller may open, by name, as far as can be said without a lookup.
   *
   * @param hasRole whether the caller has a role
   */
  public List<NamedTarget> targetsFor(Predicate<String> hasRole) {
    return settings.targets().values().stream()
        .filter(
            named -> {
              Asked asked = new Asked(new TargetName(named.name()), named.address(), named);
              Subject unresolved = new Subject(asked.target, List.of(), List.of(), hasRole);
              return refusalBeforeLookup(asked, unresolved).isEmpty();
            })
        .sorted(Comparator.comparing(NamedTarget::name))
        .toList();
  }

  /** How long a decision may take at the most: what its one lookup may. */
  public Duration lookupTimeout() {
    return settings.dnsTimeout();
  }

  /**
   * Decides, with at most one lookup, for which it blocks. A name that nothing could allow is not
   * looked up, so that names of the inside do not leave by DNS.
   *
   * @param hasRole whether the caller has a role
   */
  public Decision decide(Requested requested, Predicate<String> hasRole) {
    Asked asked = asked(requested);
    if (asked == null) {
      return unknown(requested);
    }
    Subject unresolved = new Subject(asked.target, List.of(), List.of(), hasRole);
    Optional<Denied> refused = refusalBeforeLookup(asked, unresolved);
    if (refused.isPresent()) {
      return refused.get();
    }
    try {
      return judge(asked, addresses(asked.target.host()), hasRole);
    } catch (ResolutionException e) {
      return unresolved(requested, e);
    }
  }

  /**
   * Says what {@link #decide} would decide, and why. Blocks for one lookup, also of a name that
   * nothing could allow: whoever may ask for this may know.
   *
   * @param hasRole whether the caller that is spoken of has a role
   */
  public Explanation explain(Requested requested, Predicate<String> hasRole) {
    Asked asked = asked(requested);
    if (asked == null) {
      return new Explanation(unknown(requested), null, List.of(), List.of(), null, List.of());
    }
    Subject unresolved = new Subject(asked.target, List.of(), List.of(), hasRole);
    Optional<Denied> refused = refusalBeforeLookup(asked, unresolved);
    try {
      Resolution resolution = addresses(asked.target.host());
      Subject subject = subject(asked, resolution, hasRole);
      Decision decision =
          refused.<Decision>map(r -> r).orElseGet(() -> judge(asked, resolution, hasRole));
      return new Explanation(
          decision, asked.target, subject.answers(), subject.aliases(), null, considered(subject));
    } catch (ResolutionException e) {
      Decision decision = refused.<Decision>map(r -> r).orElseGet(() -> unresolved(requested, e));
      return new Explanation(
          decision,
          asked.target,
          List.of(),
          List.of(),
          String.valueOf(e.getMessage()),
          considered(unresolved));
    }
  }

  private List<Explanation.Considered> considered(Subject subject) {
    return rules.stream()
        .map(
            one -> {
              Optional<String> why = subject.whyNot(one.rule());
              return new Explanation.Considered(one.toString(), why.isEmpty(), why.orElse(""));
            })
        .toList();
  }

  /**
   * Whether this policy would still allow what another one allowed, at the very addresses that were
   * pinned then. Looks nothing up.
   */
  public boolean stillAllows(Allowed earlier, Predicate<String> hasRole) {
    Asked asked = asked(earlier.requested());
    if (asked == null || !asked.target.equals(earlier.target())) {
      return false;
    }
    Subject unresolved = new Subject(asked.target, List.of(), List.of(), hasRole);
    Resolution pinned =
        new Resolution(earlier.answers().stream().map(Answer::address).toList(), earlier.aliases());
    return refusalBeforeLookup(asked, unresolved).isEmpty()
        && judge(asked, pinned, hasRole) instanceof Allowed;
  }

  /** What is asked for, by host and port, and the named target if it came by name. */
  private record Asked(Requested requested, HostPort target, @Nullable NamedTarget named) {}

  private @Nullable Asked asked(Requested requested) {
    if (requested instanceof HostPort target) {
      return new Asked(requested, target, null);
    }
    NamedTarget named = settings.targets().get(((TargetName) requested).name());
    return named == null ? null : new Asked(requested, named.address(), named);
  }

  private Optional<Denied> refusalBeforeLookup(Asked asked, Subject subject) {
    if (asked.named != null && !asked.named.isFor(subject.hasRole())) {
      return Optional.of(
          new Denied(
              asked.requested,
              Reason.ROLE,
              "target " + asked.named.name(),
              List.of(),
              "the caller has none of the target's roles",
              List.of()));
    }
    Optional<Denied> byRule = denyingRule(asked, subject);
    if (byRule.isPresent() || asked.named != null) {
      return byRule;
    }
    for (NumberedRule one : allowing) {
      if (subject.couldBeAllowedBy(one.rule())) {
        return Optional.empty();
      }
    }
    // an address needs no lookup to be judged by the rules that only look on
    Subject known =
        asked.target.host() instanceof Host.Literal literal
            ? subject(
                asked, new Resolution(List.of(literal.address()), List.of()), subject.hasRole())
            : subject;
    return Optional.of(
        new Denied(
            asked.requested,
            Reason.NO_RULE,
            "",
            List.of(),
            "no rule allows this host, port and caller",
            shadowAllowing(known)));
  }

  private Resolution addresses(Host host) throws ResolutionException {
    if (host instanceof Host.Literal literal) {
      return new Resolution(List.of(literal.address()), List.of());
    }
    Resolution resolution = resolver.resolve(host.text());
    if (resolution.addresses().isEmpty()) {
      throw new ResolutionException("the name has no address");
    }
    return resolution;
  }

  private Subject subject(Asked asked, Resolution resolution, Predicate<String> hasRole) {
    List<Answer> answers = new ArrayList<>();
    for (IpAddress address : new LinkedHashSet<>(resolution.addresses())) {
      answers.add(self.classify(address, asked.target.port(), settings.self()));
    }
    return new Subject(asked.target, resolution.aliases(), List.copyOf(answers), hasRole);
  }

  private Decision judge(Asked asked, Resolution resolution, Predicate<String> hasRole) {
    Subject subject = subject(asked, resolution, hasRole);
    Optional<Denied> byRule = denyingRule(asked, subject);
    if (byRule.isPresent()) {
      return byRule.get();
    }
    List<Answer> answers = subject.answers();
    Optional<String> permission = permission(asked, subject);
    if (permission.isPresent()) {
      return new Allowed(
          asked.requested,
          asked.target,
          answers,
          resolution.aliases(),
          permission.get(),
          asked.named == null ? null : asked.named.protocol(),
          shadowDenying(subject));
    }
    boolean byClass =
        answers.stream().anyMatch(answer -> answer.addressClass() != AddressClass.PUBLIC);
    return new Denied(
        asked.requested,
        byClass ? Reason.ADDRESS_CLASS : Reason.NO_RULE,
        "",
        answers,
        "no rule allows every address of " + answers,
        shadowAllowing(subject));
  }

  private List<String> shadowDenying(Subject subject) {
    return shadows.stream()
        .filter(one -> !one.rule().allow() && subject.isDeniedBy(one.rule()))
        .map(one -> "would have been denied by " + one)
        .toList();
  }

  private List<String> shadowAllowing(Subject subject) {
    if (denying.stream().anyMatch(one -> subject.isDeniedBy(one.rule()))) {
      return List.of();
    }
    boolean looked = !subject.answers().isEmpty();
    return shadows.stream()
        .filter(one -> one.rule().allow())
        .filter(
            one -> looked ? subject.isAllowedBy(one.rule()) : subject.couldBeAllowedBy(one.rule()))
        .map(one -> (looked ? "would" : "might") + " have been allowed by " + one)
        .toList();
  }

  /** A named target is permission by itself, for what can be lifted at all. */
  private Optional<String> permission(Asked asked, Subject subject) {
    if (asked.named != null) {
      return subject.answers().stream()
              .allMatch(answer -> answer.liftable() || answer.addressClass() == AddressClass.PUBLIC)
          ? Optional.of("target " + asked.named.name())
          : Optional.empty();
    }
    for (NumberedRule one : allowing) {
      if (subject.isAllowedBy(one.rule())) {
        return Optional.of(one.text());
      }
    }
    return Optional.empty();
  }

  private Optional<Denied> denyingRule(Asked asked, Subject subject) {
    for (NumberedRule one : denying) {
      if (subject.isDeniedBy(one.rule())) {
        return Optional.of(
            new Denied(
                asked.requested,
                Reason.DENY_RULE,
                one.text(),
                subject.answers(),
                "a rule denies it",
                List.of()));
      }
    }
    return Optional.empty();
  }

  private static Denied unknown(Requested requested) {
    return denied(requested, Reason.UNKNOWN_TARGET, "no target has this name");
  }

  private static Denied unresolved(Requested requested, ResolutionException why) {
    return denied(requested, Reason.UNRESOLVED, String.valueOf(why.getMessage()));
  }

  private static Denied denied(Requested requested, Reason reason, String detail) {
    return new Denied(requested, reason, "", List.of(), detail, List.of());
  }
}
