package dev.sluice.frames;

/** What a frame is, as RFC 6455 §5.2 numbers it. Plain numbers: they are compared per frame. */
final class Opcode {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private Opcode() {}

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }

  /** Close, ping, pong and those reserved to be like them (§5.5). */
  static boolean isControl(int opcode) {
    return opcode >= CLOSE;
  }
}
