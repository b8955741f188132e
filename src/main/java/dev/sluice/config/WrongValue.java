package dev.sluice.config;

/** One text is no value of its type: what is wrong and what to write instead. */
final class WrongValue extends Exception {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String advice;

  WrongValue(String what, String advice) {
    super(what + "; " + advice);
    this.what = what;
    this.advice = advice;
  }

  /**
   * From a message of the form {@code what; advice}; where it gives no advice, {@code otherwise} is
   * it.
   */
  static WrongValue of(IllegalArgumentException cause, String otherwise) {
    String message = String.valueOf(cause.getMessage());
    int cut = message.indexOf("; ");
    return cut < 0
        ? new WrongValue(message, otherwise)
        : new WrongValue(message.substring(0, cut), message.substring(cut + 2));
  }

  String what() {
    return what;
  }

  String advice() {
    return advice;
  }
}
