package dev.sluice.target;

/**
 * A rule with its place among all, as records and explanations name it.
 *
 * @param number from 0, as in {@code rules[0]}
 */
record NumberedRule(int number, Rule rule) {

  boolean isEnforced() {
    return rule.mode() == Rule.Mode.ENFORCE;
  }

  /** {@code rules[2] {deny: true, …}}. */
  @Override
  public String toString() {
    return "rules[" + number + "] " + rule;
  }
}
