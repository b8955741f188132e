package dev.sluice.frames.stream;

import dev.sluice.tunnel.ClientEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a port tells its tunnel. */
final class RecordedTunnel implements ClientEvents {

  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  final List<String> events = new ArrayList<>();
  int appetite = Integer.MAX_VALUE;
  Runnable onReceived = () -> {};

  @Override
  public int appetite() {
    return appetite;
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      received.write(bytes.get());
    }
    onReceived.run();
  }

  @Override
  public void ponged(long id) {
    events.add("ponged " + id);
  }

  @Override
  public void clientClosed(int code) {
    events.add("closed " + code);
  }

  @Override
  public void clientLost(String detail) {
    events.add("lost: " + detail);
  }
}
