package dev.sluice.frames.servlet;

import dev.sluice.frames.stream.ByteStream;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An upgraded servlet connection (Servlet 6.0 §2.3.3.5) as a stream. The server's callbacks come on
 * its own threads; {@code isReady()} is asked once for each of them.
 *
 * <p>A server's streams throw what they like when the client has gone: every failure of a call
 * counts as a lost connection. Worse, Payara's streams belong to the next connection once this one
 * is closed, and know nothing of it: a call that came late, or was still inside, would carry one
 * client's bytes to another. So each call is made under a lock, and {@link #detach}, which the
 * server waits for before it lets go, lets none begin any more and waits for those that are inside.
 * Nothing of ours is called under the locks, and no call inside them blocks.
 */
final class ServletStream implements ByteStream {

  private static final System.Logger LOG = System.getLogger(ServletStream.class.getName());

  /** With {@link ReadBuffers} about half a megabyte. */
  private static final int READS_IN_A_ROW = 8;

  private final WebConnection connection;
  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final Executor loop;
  private final ServletServer server;
  private final Executor closer;
  private final ReadBuffers buffers;
  private final ReentrantLock reading = new ReentrantLock();
  private final ReentrantLock writing = new ReentrantLock();

  /** The streams are no longer this connection's. */
  private volatile boolean gone;

  /** Whether the server has been asked to call back. */
  private volatile boolean awaitsData;

  private volatile boolean awaitsRoom;
  private volatile boolean atEnd;
  private @Nullable Listener listener;

  /**
   * A stream over {@code connection}.
   *
   * @param loop runs what must not run inside the server's own calls
   * @param server what it is that runs the connection
   */
  ServletStream(WebConnection connection, Executor loop, ServletServer server, ReadBuffers buffers)
      throws IOException {
    this.connection = connection;
    this.in = connection.getInputStream();
    this.out = connection.getOutputStream();
    this.loop = loop;
    this.server = server;
    this.closer = server.closer(loop);
    this.buffers = buffers;
  }

  /** Not inside the server's upgrade: Payara still works on the connection until that returns. */
  @Override
  public void start(Listener owner) {
    listener = owner;
    loop.execute(
        () -> {
          try {
            ensureOurs();
            awaitsData = true;
            awaitsRoom = true;
            out.setWriteListener(new Room(owner));
            in.setReadListener(new Data(owner));
          } catch (IOException | RuntimeException e) {
            owner.lost(e);
          }
        });
  }

  @Override
  public ByteBuffer takeRoom() {
    return buffers.take();
  }

  @Override
  public void giveBack(ByteBuffer room) {
    buffers.giveBack(room);
  }

  @Override
  public int read(ByteBuffer room) throws IOException {
    reading.lock();
    try {
      ensureOurs();
      return readWhatIsThere(room);
    } finally {
      reading.unlock();
    }
  }

  private int readWhatIsThere(ByteBuffer room) throws IOException {
    int before = room.position();
    while (room.hasRemaining() && !gone && hasData()) { // a read may have found the client gone
      int at = room.arrayOffset() + room.position();
      int n = in.read(room.array(), at, room.remaining());
      if (n < 0) {
        atEnd = true;
      } else {
        room.position(room.position() + n);
      }
    }
    int read = room.position() - before;
    return read > 0 || gone || !isAtEnd() ? read : -1;
  }

  /** Whether something can be read; otherwise the server will call, which it may do at once. */
  private boolean hasData() {
    if (awaitsData || isAtEnd()) {
      return false;
    }
    awaitsData = true;
    if (in.isReady()) {
      awaitsData = false;
      return true;
    }
    return false;
  }

  /** Undertow does not tell of an end that was found outside of its callback: it must be asked. */
  private boolean isAtEnd() {
    return atEnd || in.isFinished();
  }

  @Override
  public int readsInARow() {
    return READS_IN_A_ROW;
  }

  /** A server tells only what it has been asked for by {@code isReady()}. */
  @Override
  public void suspendReads() {}

  @Override
  public void resumeReads() {
    Listener owner = listener;
    if (owner != null && !awaitsData) {
      loop.execute(owner::readable);
    }
  }

  @Override
  public boolean write(ByteBuffer head, ByteBuffer body) throws IOException {
    writing.lock();
    try {
      ensureOurs();
      return writeWhatFits(head, body);
    } finally {
      writing.unlock();
    }
  }

  private boolean writeWhatFits(ByteBuffer head, ByteBuffer body) throws IOException {
    while (head.hasRemaining() || body.hasRemaining()) {
      if (!hasRoom()) {
        return false;
      }
      writeSome(head, body);
      ensureOurs(); // the write may have found the client gone
      // Undertow has sent what it could and ignores this, Payara has only collected
      out.flush();
      ensureOurs();
    }
    return hasRoom();
  }

  /**
   * In an array that the bytes fill, but for Payara: Undertow's listener mode writes the whole
   * array, whatever part of it was meant.
   */
  @SuppressWarnings("ByteBufferBackingArray") // allocated, whole
  private void writeSome(ByteBuffer head, ByteBuffer body) throws IOException {
    int size = server.sizeOfNextWrite(head.remaining() + body.remaining());
    if (size < server.mostOfOneWrite()) {
      out.write(fill(new byte[size], size, head, body));
      return;
    }
    ByteBuffer lent = buffers.take();
    out.write(fill(lent.array(), size, head, body), 0, size);
    buffers.giveBack(lent);
  }

  private static byte[] fill(byte[] bytes, int size, ByteBuffer head, ByteBuffer body) {
    int first = head.remaining();
    head.get(bytes, 0, first);
    body.get(bytes, first, size - first);
    return bytes;
  }

  private boolean hasRoom() {
    if (awaitsRoom) {
      return false;
    }
    awaitsRoom = true;
    if (out.isReady()) {
      awaitsRoom = false;
      return true;
    }
    return false;
  }

  @Override
  public boolean canEndHalf() {
    return server.endsHalf();
  }

  /** Without the lock: it may wait for what has been written before. */
  @Override
  public void shutdownOutput() throws IOException {
    ensureOurs();
    out.close();
  }

  private void ensureOurs() throws IOException {
    if (gone) {
      throw new ClosedChannelException();
    }
  }

  /**
   * The server is about to let the connection go: on return no call of ours is inside its streams,
   * and none will be. Any thread.
   */
  void detach() {
    forbid(writing);
    forbid(reading);
  }

  private void forbid(ReentrantLock calls) {
    calls.lock();
    try {
      gone = true;
    } finally {
      calls.unlock();
    }
  }

  /** Undertow's close blocks until everything has left, which it has. */
  @Override
  public void close() {
    closer.execute(this::disconnect);
  }

  /**
   * Undertow's close blocks until a client that reads nothing has read everything, unless its
   * thread is interrupted: then it gives up at once and cuts the connection.
   */
  @Override
  public void abort() {
    closer.execute(
        () -> {
          Thread.currentThread().interrupt();
          disconnect();
          Thread.interrupted();
        });
  }

  private void disconnect() {
    try {
      connection.close();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "the client was gone", e);
    }
  }

  private final class Data implements ReadListener {
    private final Listener owner;

    private Data(Listener owner) {
      this.owner = owner;
    }

    @Override
    public void onDataAvailable() {
      awaitsData = false;
      owner.readable();
    }

    @Override
    public void onAllDataRead() {
      atEnd = true;
      awaitsData = false;
      owner.readable();
    }

    @Override
    public void onError(Throwable failure) {
      gone = true;
      owner.lost(failure);
    }
  }

  private final class Room implements WriteListener {
    private final Listener owner;
    private boolean failed;

    private Room(Listener owner) {
      this.owner = owner;
    }

    @Override
    public void onWritePossible() {
      awaitsRoom = false;
      owner.writable();
    }

    /**
     * Undertow 2.3.23 goes on for ever, telling an I/O thread of the same error, when a client
     * vanishes before a write is complete: the exception gets it out of its loop.
     */
    @Override
    public void onError(Throwable failure) {
      if (failed) {
        throw new IllegalStateException("told already: the client is gone", failure);
      }
      failed = true;
      gone = true;
      owner.lost(failure);
    }
  }
}
