package dev.sluice.frames;

/**
 * The client broke the protocol, or a limit of ours: the connection has to be failed (RFC 6455
 * §7.1.7) with {@link #closeCode}. Has no stack trace: what a client sent is no defect to look for.
 */
public final class ProtocolViolation extends Exception {

  private static final long serialVersionUID = 1L;

  private final int closeCode;

  ProtocolViolation(int closeCode, String reason) {
    super(reason, null, false, false);
    this.closeCode = closeCode;
  }

  static ProtocolViolation protocol(String reason) {
    return new ProtocolViolation(CloseCode.PROTOCOL_ERROR, reason);
  }

  /** 1002, 1007, 1008 or 1009. */
  public int closeCode() {
    return closeCode;
  }

  /** A few ASCII words, fit for the close frame. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
