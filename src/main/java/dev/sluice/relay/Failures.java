package dev.sluice.relay;

/** Exceptions in a few words. */
final class Failures {

  private Failures() {}

  /** The message, or where there is none the kind. */
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
