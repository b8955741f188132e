package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One connection that a {@link TcpTarget} accepted. Its script moves bytes on a thread of its own;
 * the test asks from any thread how far it came and how the other side ended. A script may send on
 * one thread and receive on another.
 */
public final class TargetConnection {

  /** How the other side ended its half. */
  public enum End {
    /** Not yet, as far as the script has read. */
    OPEN,
    /** Cleanly, after everything it sent. */
    FIN,
    /** By a reset: what was under way is lost. */
    RESET
  }

  private static final int CHUNK = 65_536;

  private final Socket socket;
  private final byte[] sending = new byte[CHUNK];
  private final byte[] receiving = new byte[CHUNK];
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private volatile End end = End.OPEN;
  private volatile boolean finished;

  TargetConnection(Socket socket) {
    this.socket = socket;
  }

  /** Bytes that this side's kernel took. */
  public long sent() {
    return sent.get();
  }

  /** Bytes that the script has read. */
  public long received() {
    return received.get();
  }

  /** What the script has seen of the other side's end. */
  public End end() {
    return end;
  }

  /** Whether the script is over. */
  public boolean finished() {
    return finished;
  }

  /** Waits until the script is over, then says how the other side ended. */
  public End awaitEnd() {
    Await.until("the target's script is over", () -> finished);
    return end;
  }

  /** Sends {@code bytes}. */
  public void send(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  /** Sends one byte as urgent data (RFC 9293 section 3.8.5). */
  public void sendUrgent(int value) throws IOException {
    socket.sendUrgentData(value);
    sent.incrementAndGet();
  }

  /** Sends the pattern's first {@code total} bytes at full speed. */
  public void send(BytePattern pattern, long total) throws IOException {
    send(pattern, total, Long.MAX_VALUE);
  }

  /** Sends the pattern's first {@code total} bytes, at most {@code perSecond} of them a second. */
  public void send(BytePattern pattern, long total, long perSecond) throws IOException {
    long start = System.nanoTime();
    long done = 0;
    while (done < total) {
      int n = (int) Math.min(CHUNK, total - done);
      pattern.fill(done, sending, 0, n);
      write(sending, n);
      done += n;
      pace(start, done, perSecond);
    }
  }

  private void write(byte[] bytes, int length) throws IOException {
    OutputStream out = socket.getOutputStream();
    for (int done = 0; done < length; ) {
      int n = Math.min(8192, length - done);
      try {
        out.write(bytes, done, n);
      } catch (SocketException e) {
        end = End.RESET;
        throw e;
      }
      done += n;
      sent.addAndGet(n);
    }
  }

  /** Reads exactly {@code length} bytes. */
  public byte[] receive(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int n = read(bytes, done, length - done);
      if (n < 0) {
        throw new IOException("ended by " + end + " after " + done + " of " + length);
      }
      done += n;
    }
    return bytes;
  }

  /** Reads until the other side ends, at full speed. */
  public End receiveAll(PatternCheck check) throws IOException {
    return receiveAll(check, Long.MAX_VALUE);
  }

  /** Reads until the other side ends, at most {@code perSecond} bytes a second. */
  public End receiveAll(PatternCheck check, long perSecond) throws IOException {
    long start = System.nanoTime();
    long before = received();
    int most = perSecond < CHUNK * 10L ? 4096 : CHUNK;
    for (int n = read(receiving, 0, most); n >= 0; n = read(receiving, 0, most)) {
      check.accept(receiving, 0, n);
      pace(start, received() - before, perSecond);
    }
    return end;
  }

  /** Sends back whatever comes until the other side ends. */
  public void echo() throws IOException {
    for (int n = read(receiving, 0, CHUNK); n >= 0; n = read(receiving, 0, CHUNK)) {
      write(receiving, n);
    }
  }

  /** Reads and drops until the other side ends. */
  public End discardAll() throws IOException {
    while (read(receiving, 0, CHUNK) >= 0) {
      // only the end matters
    }
    return end;
  }

  private int read(byte[] into, int offset, int length) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      int n = in.read(into, offset, length);
      if (n < 0) {
        end = End.FIN;
      } else {
        received.addAndGet(n);
      }
      return n;
    } catch (SocketException e) {
      end = End.RESET;
      return -1;
    }
  }

  /** Ends this side's half cleanly; reading goes on. */
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Drops the connection: the other side sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes both halves. */
  public void close() throws IOException {
    socket.close();
  }

  void over() {
    finished = true;
    try {
      socket.close();
    } catch (IOException e) {
      // the test is done with it
    }
  }

  private static void pace(long startNanos, long done, long perSecond) {
    if (perSecond == Long.MAX_VALUE) {
      return;
    }
    long due = (long) (done * 1e9 / perSecond);
    long ahead = due - (System.nanoTime() - startNanos);
    if (ahead > TimeUnit.MILLISECONDS.toNanos(1)) {
      LockSupport.parkNanos(ahead);
    }
  }
}
