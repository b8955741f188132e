package dev.sluice.bench.floor;

import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Takes messages in parts, as Sluice's own endpoint does, and only counts their bytes; who asks for
 * it with {@code ?echo} gets them back, as Sluice sends.
 */
@ServerEndpoint("/count")
public final class CountingEndpoint {

  /** Names the file of the {@link ByteCount}. */
  static final String FILE = "floor.count";

  /** The query of whoever wants an echo. */
  static final String ECHO = "echo";

  /** As Sluice has it: with zero Tyrus (2.2.2) schedules a task with every fragment. */
  private static final long NEVER = -1;

  private static final ByteCount COUNT = count();

  private static ByteCount count() {
    try {
      return ByteCount.in(Path.of(System.getProperty(FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The handshake is done. */
  @OnOpen
  public void onOpen(Session session) {
    session.setMaxIdleTimeout(NEVER);
  }

  /** Bytes from the client. */
  @OnMessage
  public void onBinary(Session session, ByteBuffer part, boolean last) {
    COUNT.add(part.remaining());
    if (ECHO.equals(session.getQueryString())) {
      session.getAsyncRemote().sendBinary(part, result -> {});
    }
  }
}
