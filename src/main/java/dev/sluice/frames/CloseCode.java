package dev.sluice.frames;

/** Close codes of RFC 6455 §7.4.1 that this side speaks, and which of all may cross the wire. */
public final class CloseCode {

  public static final int PROTOCOL_ERROR = 1002;

  /** Stands for a close frame without a code; never sent (§7.4.1). */
  public static final int NONE = 1005;

  /** Stands for a connection that ended without a close frame; never sent (§7.4.1). */
  public static final int ABNORMAL = 1006;

  /** A payload that does not fit its type: text that is not UTF-8. */
  public static final int INVALID_PAYLOAD = 1007;

  public static final int POLICY_VIOLATION = 1008;
  public static final int TOO_BIG = 1009;

  private CloseCode() {}

  /**
   * Whether an endpoint may send this code: those the RFC defines, the three that IANA has
   * registered since (1012 to 1014), and the ranges of libraries (3000) and applications (4000).
   */
  public static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
