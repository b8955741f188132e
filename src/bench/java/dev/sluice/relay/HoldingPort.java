package dev.sluice.relay;

import java.nio.ByteBuffer;

/** A WebSocket that is done with a message when it is told to be. */
final class HoldingPort extends QuickPort {

  private SendCompletion outstanding;

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    outstanding = completion;
  }

  void complete() {
    SendCompletion next = outstanding;
    outstanding = null;
    next.completed(true);
  }
}
