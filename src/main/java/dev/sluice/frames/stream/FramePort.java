package dev.sluice.frames.stream;

import dev.sluice.frames.CloseCode;
import dev.sluice.frames.CloseHandshake;
import dev.sluice.frames.CloseHandshake.State;
import dev.sluice.frames.FrameHandler;
import dev.sluice.frames.FrameLimits;
import dev.sluice.frames.ProtocolViolation;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.WebSocketPort;
import dev.sluice.tunnel.ClientEvents;
import dev.sluice.tunnel.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket over a stream of bytes, as the relay sees it. What comes in is read by a {@link
 * FrameSource}, what goes out leaves through a {@link FrameSink}; here is what ties the two: the
 * close handshake and what to do when the connection is gone.
 *
 * <p>A client's close frame is answered at once (RFC 6455 §5.5.1): what it sent before has been
 * handed to the relay then, and drains to the target without it.
 */
public final class FramePort
    implements WebSocketPort,
        ByteStream.Listener,
        FrameHandler,
        FrameSource.Owner,
        FrameSink.Owner {

  private final ByteStream stream;
  private final FrameSource source;
  private final FrameSink sink;
  private final CloseHandshake handshake = new CloseHandshake();
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile boolean failing;
  private volatile long lastPing;
  private volatile long lastPong;
  private volatile @Nullable ClientEvents tunnel;

  /** A port over {@code stream}, of which nothing has been read yet but the opening handshake. */
  public FramePort(ByteStream stream) {
    this.stream = stream;
    this.source = new FrameSource(stream, this, FrameLimits.DEFAULTS, this);
    this.sink = new FrameSink(stream, this);
  }

  /** Begins to read, for {@code opened}. Once. */
  public void start(ClientEvents opened) {
    tunnel = opened;
    stream.start(this);
  }

  // What the relay asks. Any thread.

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    sink.send(message, completion);
  }

  @Override
  public boolean canSendNow() {
    return sink.canSendNow();
  }

  @Override
  public void sendNow(ByteBuffer message) {
    sink.sendNow(message);
  }

  @Override
  public void pauseReceiving() {
    source.pause();
  }

  @Override
  public void resumeReceiving() {
    source.resume();
  }

  @Override
  public boolean ping(long id) {
    boolean sent = sink.ping(id);
    if (sent) {
      lastPing = id;
    }
    return sent;
  }

  @Override
  public void close(EndCause cause) {
    Outcome outcome = Outcome.of(cause);
    sink.close(outcome.closeCode(), outcome.code());
  }

  @Override
  public void release() {
    gone.set(true);
    stream.abort();
  }

  /** The selector or the server that has the connection refers to its listener, this port. */
  @Override
  public Runnable releaser() {
    WeakReference<FramePort> port = new WeakReference<>(this);
    return () -> {
      FramePort open = port.get();
      if (open != null) {
        open.release();
      }
    };
  }

  // What the stream tells. Any thread.

  @Override
  public void readable() {
    source.read();
  }

  @Override
  public void writable() {
    sink.writable();
  }

  @Override
  public void lost(Throwable why) {
    if (!gone.compareAndSet(false, true)) {
      return;
    }
    boolean open = !hasClosed();
    synchronized (handshake) {
      handshake.lost();
    }
    stream.abort();
    sink.fail();
    if (open) {
      tunnel().clientLost(String.valueOf(why.getMessage()));
    }
  }

  @Override
  public int appetite() {
    return tunnel().appetite();
  }

  // What the frames say. The thread that reads.

  @Override
  public void data(ByteBuffer part) {
    tunnel().received(part);
  }

  @Override
  public void ping(ByteBuffer payload) {
    sink.pong(payload);
  }

  @Override
  public void pong(ByteBuffer payload) {
    long id = payload.remaining() == Long.BYTES ? payload.getLong(payload.position()) : 0;
    lastPong = Math.max(lastPong, id); // an unasked one has another number
    tunnel().ponged(id);
  }

  @Override
  public void close(int code, String reason) {
    State state;
    synchronized (handshake) {
      if (handshake.state() == State.CLOSED) {
        return;
      }
      handshake.received(code);
      state = handshake.state();
    }
    sink.dropMessages();
    if (state == State.CLOSING_BY_CLIENT) {
      // before the tunnel hears of it: its own close must not overtake the client's code
      sink.close(code, "");
    } else {
      disconnect();
    }
    tunnel().clientClosed(code);
  }

  @Override
  public void violated(ProtocolViolation violation) {
    failing = true;
    sink.close(violation.closeCode(), violation.reason());
    tunnel().clientLost("the client broke the protocol: " + violation.reason());
  }

  @Override
  public void ended() {
    if (failing || bothHaveClosed()) {
      disconnect();
    } else {
      lost(new EOFException("the connection ended without a close frame"));
    }
  }

  @Override
  public void readFailed(Exception why) {
    lost(why);
  }

  // What the way out tells. The thread that writes.

  @Override
  public void closeSent() {
    State state;
    synchronized (handshake) {
      if (handshake.state() == State.OPEN || handshake.state() == State.CLOSING_BY_CLIENT) {
        handshake.sent();
      }
      state = handshake.state();
    }
    if (failing || state == State.CLOSED) {
      boolean mayStillSend = failing || lastPong < lastPing;
      if (mayStillSend || stream.canEndHalf()) {
        endOutput();
      } else {
        disconnect(); // a client waits for the server's end, and browsers tell nobody before
      }
    }
  }

  /**
   * A client may still be sending: one that broke the protocol, or one that has closed and answers
   * a ping of ours that its close has crossed. Cutting the connection now could cost it our close
   * frame. It sees our end instead, what it sends is dropped, and its own end, or the relay's
   * limit, ends the connection (§7.1.1, §7.1.7).
   */
  private void endOutput() {
    source.readOn();
    try {
      stream.shutdownOutput();
    } catch (IOException | RuntimeException e) {
      lost(e);
    }
  }

  @Override
  public void writeFailed(Exception why) {
    lost(why);
  }

  /** Nobody sends any more: the server ends the connection (§7.1.1). */
  private void disconnect() {
    if (gone.compareAndSet(false, true)) {
      stream.close();
    }
  }

  /** Whether the client's close frame has come. */
  private boolean hasClosed() {
    synchronized (handshake) {
      return handshake.code() != CloseCode.ABNORMAL;
    }
  }

  private boolean bothHaveClosed() {
    synchronized (handshake) {
      return handshake.isClean();
    }
  }

  private ClientEvents tunnel() {
    ClientEvents opened = tunnel;
    if (opened == null) {
      throw new IllegalStateException("not started");
    }
    return opened;
  }
}
