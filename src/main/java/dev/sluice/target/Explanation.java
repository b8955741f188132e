package dev.sluice.target;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a target would be opened or refused, for administrators only.
 *
 * @param decision what a caller would get
 * @param target host and port; null where no target has the name asked for
 * @param answers every address with its class; also those of a name that a caller's request would
 *     not have had looked up
 * @param aliases the names that the lookup went through
 * @param lookupFailure why there is no address; null where there are some, or no target
 * @param rules every rule, in the order written
 */
public record Explanation(
    Decision decision,
    @Nullable HostPort target,
    List<Answer> answers,
    List<String> aliases,
    @Nullable String lookupFailure,
    List<Considered> rules) {

  public Explanation {
    answers = List.copyOf(answers);
    aliases = List.copyOf(aliases);
    rules = List.copyOf(rules);
  }

  /**
   * A rule that was considered.
   *
   * @param rule with its number, as {@code rules[2] {deny: true, …}}
   * @param matches whether all that it gives is so
   * @param why what is not so; empty where it matches
   */
  public record Considered(String rule, boolean matches, String why) {}

  /** Whether it would be opened. */
  public boolean isAllowed() {
    return decision instanceof Decision.Allowed;
  }

  /** What decided, in words. */
  public String because() {
    return decision instanceof Decision.Denied denied
        ? denied.rule().isEmpty() ? denied.detail() : denied.detail() + ": " + denied.rule()
        : decision.rule();
  }
}
