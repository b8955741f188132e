package dev.sluice.relay;

/** A port that does nothing but what a test overrides. */
abstract class PortAdapter implements WebSocketPort {
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
