package dev.sluice.target;

/**
 * A host, port or pattern that breaks its grammar. The message says what is wrong, is fit for a
 * client and holds printable ASCII only.
 */
public final class InvalidTargetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidTargetException(String message) {
    super(message);
  }
}
