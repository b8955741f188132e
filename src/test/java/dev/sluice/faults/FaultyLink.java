package dev.sluice.faults;

import dev.sluice.testkit.Background;
import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy for one connection that carries bytes as badly as it is told. It hides little: its
 * kernel buffers are small. Two threads of its own.
 *
 * <p>A proxy cannot lose a segment of a TCP connection, so a loss is here what an endpoint sees of
 * one: nothing, for as long as the sender takes to send it again. {@link BlackHoleIT} drops real
 * packets.
 */
final class FaultyLink implements AutoCloseable {

  private static final int BUFFER = 32 << 10;

  private final ServerSocket listener;
  private final int to;
  private final Carriage there;
  private final Carriage back;
  private final AtomicLong carriedThere = new AtomicLong();
  private final AtomicLong carriedBack = new AtomicLong();
  private volatile Socket near;
  private volatile Socket far;
  private volatile boolean blackHole;

  /**
   * Waits for one connection.
   *
   * @param at of 127.0.0.0/8, where it waits
   * @param to the port of 127.0.0.1 that it is carried to
   * @param there towards that port
   * @param back towards whoever connects
   */
  FaultyLink(InetAddress at, int to, Carriage there, Carriage back) throws IOException {
    this.listener = Ports.listen(at, 1);
    this.to = to;
    this.there = there;
    this.back = back;
    listener.setReceiveBufferSize(BUFFER);
    Background.run("faulty-link", this::accept);
  }

  /** Where it waits. */
  int port() {
    return listener.getLocalPort();
  }

  /** Whether somebody has connected. */
  boolean wasDialled() {
    return near != null;
  }

  /** Bytes that left it towards whoever connected. */
  long carriedBack() {
    return carriedBack.get();
  }

  private void accept() {
    try {
      near = listener.accept();
      near.setSendBufferSize(BUFFER);
      near.setTcpNoDelay(true);
      far = new Socket();
      far.setReceiveBufferSize(BUFFER);
      far.setSendBufferSize(BUFFER);
      far.setTcpNoDelay(true);
      far.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), to));
      Background.run("faulty-link-back", () -> carry(far, near, back, carriedBack));
      carry(near, far, there, carriedThere);
    } catch (IOException e) {
      reset();
    }
  }

  private void carry(Socket from, Socket into, Carriage how, AtomicLong carried) {
    byte[] buffer = new byte[Math.min(how.slice(), 1 << 16)];
    Pace pace = new Pace(how);
    try {
      while (!blackHole) {
        if (!how.gentle() && carried.get() >= how.after()) {
          if (end(into, how.ending())) {
            return;
          }
        }
        long left = how.gentle() ? Long.MAX_VALUE : Math.max(1, how.after() - carried.get());
        int n = from.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          into.shutdownOutput();
          return;
        }
        pace.await(carried.get(), n);
        if (blackHole) {
          return;
        }
        into.getOutputStream().write(buffer, 0, n);
        carried.addAndGet(n);
      }
    } catch (IOException e) {
      if (!blackHole) {
        reset();
      }
    }
  }

  /** Whether that was the end of this direction. */
  private boolean end(Socket into, Carriage.Ending ending) throws IOException {
    switch (ending) {
      case RESET -> reset();
      case FINISH -> into.shutdownOutput();
      case BLACK_HOLE -> blackHole = true;
      case NONE -> {
        return false;
      }
    }
    return true;
  }

  private void reset() {
    drop(near);
    drop(far);
  }

  private static void drop(Socket socket) {
    if (socket == null) {
      return;
    }
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    reset();
  }
}
