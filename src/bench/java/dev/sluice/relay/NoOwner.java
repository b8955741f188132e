package dev.sluice.relay;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A relay that lets its directions do as they like. */
final class NoOwner implements Downstream.Owner, Upstream.Owner {

  @Override
  public void gateOpened(long nanos) {}

  @Override
  public void downDrained() {}

  @Override
  public void sendFailed() {
    throw new IllegalStateException("a send failed");
  }

  @Override
  public void wantsWrite() {}

  @Override
  public void wantsFlush() {}

  @Override
  public boolean flushesHere() {
    return true;
  }

  @Override
  public void clientGoesOn(long nanos) {}

  @Override
  public void upDrained() {}

  @Override
  public void writeFailed(IOException why) {
    throw new UncheckedIOException(why);
  }

  @Override
  public void overrun() {
    throw new IllegalStateException("the chain overran");
  }
}
