package dev.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port whose connects hang: its listener never accepts and its queue is full, so the kernel drops
 * every further SYN.
 */
public final class UnansweringPort implements AutoCloseable {

  private static final int PROBE_MILLIS = 300;
  private static final int MOST = 64;

  private final ServerSocket listener;
  private final List<Socket> fillers = new ArrayList<>();

  /** Listens and fills the queue. */
  public UnansweringPort() {
    try {
      this.listener = Ports.listen(1);
      fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill() throws IOException {
    while (fillers.size() < MOST) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(listener.getLocalSocketAddress(), PROBE_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new IOException("the kernel queues without end");
  }

  /** Where nobody answers. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    try {
      for (Socket filler : fillers) {
        filler.close();
      }
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
