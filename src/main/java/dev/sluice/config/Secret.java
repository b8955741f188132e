package dev.sluice.config;

/**
 * A text that must not be shown.
 *
 * @param text empty: there is none
 */
public record Secret(String text) {

  /** What stands in a log instead of it. */
  @Override
  public String toString() {
    return text.isEmpty() ? "" : Secrets.MASK;
  }
}
