package dev.sluice.frames;

import java.nio.ByteBuffer;

/** Hears everything and does nothing. */
class Quiet implements FrameHandler {
  @Override
  public void data(ByteBuffer part) {}

  @Override
  public void ping(ByteBuffer payload) {}

  @Override
  public void pong(ByteBuffer payload) {}

  @Override
  public void close(int code, String reason) {}
}
