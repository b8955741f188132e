package dev.sluice.target;

/**
 * A rule with its place among all, as records and explanations name it.
 *
 * @param number from 0, as in {@code rules[0]}
 * @param text {@code rules[2] {deny: true, …}}, made once: every tunnel's record has it
 */
record NumberedRule(int number, Rule rule, String text) {

  NumberedRule(int number, Rule rule) {
    this(number, rule, "rules[" + number + "] " + rule);
  }

  boolean isEnforced() {
    return rule.mode() == Rule.Mode.ENFORCE;
  }

  @Override
  public String toString() {
    return text;
  }
}
