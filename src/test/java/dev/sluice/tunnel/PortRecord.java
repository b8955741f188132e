package dev.sluice.tunnel;

import dev.sluice.relay.EndCause;
import dev.sluice.relay.WebSocketPort;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A WebSocket that takes everything and remembers how it was ended. */
final class PortRecord implements WebSocketPort {

  /** The calls that end it, in their order. */
  final List<String> ends = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    completion.completed(true);
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
  public void close(EndCause cause) {
    ends.add("close " + cause);
  }

  @Override
  public void release() {
    ends.add("release");
  }

  /** How often it was closed. */
  long closes() {
    synchronized (ends) {
      return ends.stream().filter(end -> end.startsWith("close")).count();
    }
  }
}
