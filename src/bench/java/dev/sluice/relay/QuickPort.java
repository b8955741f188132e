package dev.sluice.relay;

import java.nio.ByteBuffer;

/** A WebSocket that takes everything at once and is done with it inside the send. */
class QuickPort implements WebSocketPort {

  boolean direct;

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    completion.completed(true);
  }

  @Override
  public boolean canSendNow() {
    return direct;
  }

  @Override
  public void sendNow(ByteBuffer message) {
    message.position(message.limit());
  }

  @Override
  public void pauseReceiving() {}

  @Override
  public void resumeReceiving() {}

  @Override
  public boolean ping(long id) {
    return true;
  }

  @Override
  public void close(EndCause cause) {}

  @Override
  public void release() {}
}
