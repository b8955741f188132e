package dev.sluice.config;

/**
 * One thing wrong with the configuration.
 *
 * @param where the source and the key, such as {@code sluice.yaml:12 tunnel.ping}
 * @param what what is wrong there
 * @param advice what to write instead
 */
public record Problem(String where, String what, String advice) {

  /** One line, {@code where: what; advice}. */
  @Override
  public String toString() {
    return where + ": " + what + "; " + advice;
  }
}
