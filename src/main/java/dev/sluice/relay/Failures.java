package dev.sluice.relay;

import java.io.IOException;

/** Exceptions in a few words. */
final class Failures {

  private Failures() {}

  /** The message, or where there is none the kind. */
  static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** Whether it is what the JDK calls EPIPE. */
  static boolean isBrokenPipe(IOException failure) {
    return "Broken pipe".equals(failure.getMessage());
  }
}
