package dev.sluice.target;

/** A name has no addresses that can be relied on. The message is for the audit record. */
public final class ResolutionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public ResolutionException(String message) {
    super(message);
  }
}
