package dev.sluice.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One tunnel's bytes: dials the target, then carries both ways until one end is done. What it owns
 * (socket, buffers, timers) is released exactly once, whichever of the many ways it ends.
 *
 * <p>State changes happen on the loop's thread; bytes also move on the container's threads, inside
 * {@link Downstream} and {@link Upstream}. The two directions end apart: a target's end of stream
 * drains the gate, then closes the WebSocket; a closed WebSocket drains the write chain, then shuts
 * the target's input and lingers, so that the target can read it all. Anything else drops both
 * queues and resets the target. The first cause wins.
 */
public final class Relay
    implements IoLoop.Handler, Dial.Listener, Downstream.Owner, Upstream.Owner {

  private enum State {
    DIALING,
    OPEN,
    ENDED
  }

  private static final System.Logger LOG = System.getLogger(Relay.class.getName());

  /** How long a closed WebSocket has for its close frame to leave. */
  private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long a close may take from the container's wire to us. */
  private static final long CLOSE_FOLLOWS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final IoLoop loop;
  private final Downstream down;
  private final Upstream up;
  private final WebSocketPort port;
  private final RelaySettings settings;
  private final RelayListener listener;
  private final Watchdog watchdog;
  private final Heartbeat heartbeat;
  private final Brakes brakes;
  private final AtomicBoolean webSocketClosed = new AtomicBoolean();
  private final Runnable flush;
  private final Alarm watch;
  private final Alarm end;

  private State state = State.DIALING;
  private boolean clientDone;
  private boolean targetDone;
  private boolean upDone;
  private boolean finishing;

  /**
   * Something failed while bytes moved, and some may be missing: none may follow. It takes no
   * memory to say so, which may be what failed.
   */
  private volatile boolean broken;

  private @Nullable EndCause cause;
  private @Nullable String detail;
  private @Nullable Dial dial;
  private volatile @Nullable TargetSocket target;

  /** Ties a gate and a write chain, made for this tunnel alone, to its port and its loop. */
  public Relay(
      IoLoop loop,
      Downstream down,
      Upstream up,
      WebSocketPort port,
      RelaySettings settings,
      RelayListener listener) {
    this.loop = loop;
    this.down = down;
    this.up = up;
    this.port = port;
    this.settings = settings;
    this.listener = listener;
    this.watchdog = new Watchdog(down, up, settings);
    this.heartbeat = new Heartbeat(port);
    this.flush = this::flushSoon;
    this.watch = new Alarm(loop);
    this.end = new Alarm(loop);
    down.bind(port, this);
    up.bind(port, this);
    this.brakes = Brakes.of(up, down, loop, settings);
  }

  /** Dials the first of {@code addresses} that answers. Any thread, once. */
  public void start(List<InetSocketAddress> addresses) {
    loop.execute(
        () -> {
          if (state == State.DIALING) {
            dial = Dial.start(loop, addresses, settings, this);
            watch();
          }
        });
  }

  // What the WebSocket side reports. Any thread; for one tunnel one at a time.

  /** How many bytes of the client's are welcome at once. Any thread. */
  public int appetite() {
    return up.appetite();
  }

  /** Bytes from the client, valid during the call. Returns once they are written or copied. */
  public void received(ByteBuffer bytes) {
    if (broken) {
      return;
    }
    watchdog.heard();
    try {
      up.write(bytes);
    } catch (RuntimeException | Error e) {
      broken = true;
      abort(EndCause.INTERNAL, Failures.describe(e));
      throw e;
    }
    endIfUsedUp();
  }

  /** The client's answer to the ping with this id, or, as another number, to none of ours. */
  public void ponged(long id) {
    watchdog.heard();
    if (heartbeat.isFarewell(id)) {
      loop.execute(this::sayGoodbye);
    }
  }

  /** The client closed the WebSocket; everything it sent before has been {@link #received}. */
  public void clientClosed() {
    loop.execute(this::onClientClosed);
  }

  /** Ends now: queues dropped, the target reset. Any thread; nothing when ended. */
  public void abort(EndCause why, @Nullable String explanation) {
    loop.execute(() -> finish(why, explanation));
  }

  @Override
  public void connected(SocketChannel connected, SelectionKey connectedKey, long connectNanos) {
    TargetSocket socket = new TargetSocket(loop, connected, connectedKey);
    target = socket;
    connectedKey.attach(this);
    state = State.OPEN;
    listener.connected(
        (InetSocketAddress) connected.socket().getRemoteSocketAddress(), connectNanos);
    socket.wantRead();
    up.connected(connected);
  }

  @Override
  public void failed(EndCause why, String explanation) {
    finish(why, explanation);
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    TargetSocket socket = target;
    if (socket == null) {
      return;
    }
    if (broken) {
      finish(EndCause.INTERNAL, null);
      return;
    }
    try {
      move(socket, key);
    } catch (RuntimeException | Error e) {
      broken = true;
      throw e;
    }
  }

  private void move(TargetSocket socket, SelectionKey key) throws IOException {
    if (key.isReadable()) {
      if (clientDone) {
        discard(socket);
      } else {
        read(socket);
      }
    }
    if (state == State.OPEN && key.isWritable()) {
      socket.stopWriting();
      up.flush();
    }
  }

  private void read(TargetSocket socket) throws IOException {
    if (down.mustWait()) {
      shutGate(socket);
      return;
    }
    int n = down.fill(socket.channel(), loop.passage());
    if (n < 0) {
      targetDone = true;
      socket.stopReading();
      down.end();
    } else if (down.mustWait()) {
      shutGate(socket);
    }
    endIfUsedUp();
  }

  private void endIfUsedUp() {
    if (up.total() + down.total() > settings.mostBytes()) {
      abort(EndCause.BYTE_LIMIT, null);
    }
  }

  /** Interest first, gate second: a completion in between then finds something to open. */
  private void shutGate(TargetSocket socket) {
    socket.stopReading();
    down.shut();
  }

  /** The client is gone: the target must still be able to finish writing, or it may never read. */
  private void discard(TargetSocket socket) throws IOException {
    if (socket.discard()) {
      targetDone = true;
      socket.stopReading();
      finishOrLinger();
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (failure instanceof IOException) {
      finish(EndCause.TARGET_RESET, Failures.describe(failure));
    } else {
      finish(EndCause.INTERNAL, Failures.describe(failure));
      LOG.log(System.Logger.Level.ERROR, "relay failed", failure);
    }
  }

  // What the two directions report. Any thread.

  @Override
  public void gateOpened(long nanos) {
    withTarget(TargetSocket::wantRead);
    listener.gateWasShut(nanos);
  }

  @Override
  public void clientGoesOn(long nanos) {
    listener.clientWasStopped(nanos);
  }

  @Override
  public void wantsWrite() {
    withTarget(TargetSocket::wantWrite);
  }

  @Override
  public void wantsFlush() {
    loop.execute(flush);
  }

  /** Whoever has more to add goes first: more then leaves with each call to the kernel. */
  @SuppressWarnings("ThreadPriorityCheck") // a matter of speed: nothing depends on who runs next
  private void flushSoon() {
    Thread.yield();
    if (broken) {
      return; // on its way to its end, and no more may follow
    }
    try {
      up.flush();
    } catch (RuntimeException | Error e) {
      broken = true;
      finish(EndCause.INTERNAL, Failures.describe(e));
      throw e;
    }
  }

  @Override
  public boolean flushesHere() {
    return loop.inLoop();
  }

  @Override
  public void downDrained() {
    loop.execute(this::onDownDrained);
  }

  @Override
  public void upDrained() {
    loop.execute(this::onUpDrained);
  }

  /**
   * The client is gone, but not yet known is how: a container that has read a close frame fails
   * what it was sending before it hands the close on, and a client that has closed is owed that its
   * bytes reach the target.
   */
  @Override
  public void sendFailed() {
    loop.execute(() -> loop.schedule(CLOSE_FOLLOWS_NANOS, this::onSendFailed));
  }

  /**
   * The target takes no more, but what it sent before may still be unread: reading goes on, and its
   * end, or its error, ends the relay. The failed write has used the socket's error up, so a reset
   * may look like an end of stream from here on; a broken pipe is one, as the target had ended its
   * stream before.
   */
  @Override
  public void writeFailed(IOException why) {
    up.drop();
    loop.execute(
        () -> {
          detail = Failures.describe(why);
          upDone = true;
          finishOrLinger();
        });
  }

  @Override
  public void overrun() {
    abort(EndCause.OVERLOADED, "the client could not be stopped");
  }

  // Ends. The loop's thread.

  private void onDownDrained() {
    if (state == State.ENDED || clientDone) {
      return;
    }
    IOException why = up.failure();
    if (why != null && !Failures.isBrokenPipe(why)) {
      finish(EndCause.TARGET_RESET, Failures.describe(why));
      return;
    }
    note(EndCause.TARGET_CLOSED);
    // some containers cut the connection right behind their close frame; if the client is sending
    // then, that is a reset, and takes with it what the client has not read. Its pong says it has
    end.set(settings.linger().toNanos(), this::sayGoodbye);
    if (!heartbeat.sayFarewell()) {
      sayGoodbye();
    }
  }

  private void sayGoodbye() {
    if (state == State.ENDED || clientDone || webSocketClosed.get()) {
      return;
    }
    closeWebSocket(EndCause.TARGET_CLOSED);
    // what the container still hands on counts; its close, or the limit, ends that
    end.set(settings.linger().toNanos(), this::onClientClosed);
  }

  private void onClientClosed() {
    if (state == State.ENDED || clientDone) {
      return;
    }
    clientDone = true;
    note(EndCause.CLIENT_CLOSED);
    down.drop();
    if (state == State.DIALING && up.buffered() == 0) {
      finish(EndCause.CLIENT_CLOSED, null);
      return;
    }
    if (!targetDone) {
      withTarget(TargetSocket::wantRead);
    }
    if (upDone) {
      finishOrLinger();
    } else {
      up.end();
    }
  }

  private void onSendFailed() {
    if (!clientDone) {
      finish(EndCause.CLIENT_LOST, "a send failed");
    }
  }

  private void onUpDrained() {
    TargetSocket socket = target;
    if (state != State.OPEN || socket == null) {
      return;
    }
    upDone = true;
    try {
      socket.channel().shutdownOutput();
    } catch (IOException e) {
      finish(EndCause.TARGET_RESET, Failures.describe(e));
      return;
    }
    finishOrLinger();
  }

  /** Ends once both directions have; a target whose client is gone gets a bounded time for it. */
  private void finishOrLinger() {
    if (state != State.OPEN || !clientDone || !upDone) {
      return;
    }
    if (targetDone) {
      finish(EndCause.CLIENT_CLOSED, null);
      return;
    }
    end.set(
        settings.linger().toNanos(),
        () -> finish(EndCause.CLIENT_CLOSED, "the target did not close in time"));
  }

  private void withTarget(Consumer<TargetSocket> action) {
    TargetSocket socket = target;
    if (socket != null) {
      action.accept(socket);
    }
  }

  private EndCause note(EndCause why) {
    cause = cause == null ? why : cause;
    return cause;
  }

  /**
   * Lets go of everything. Where that finds no memory the watch comes back to it, so each step
   * bears being taken twice, and the watch goes last.
   */
  private void finish(EndCause why, @Nullable String explanation) {
    if (state == State.ENDED || finishing) {
      return;
    }
    finishing = true;
    EndCause first = note(why);
    try {
      letGo(why);
      listener.ended(first, explanation == null ? detail : explanation);
      state = State.ENDED;
      watch.cancel();
    } catch (RuntimeException | Error e) {
      broken = true;
      throw e;
    } finally {
      finishing = false;
    }
  }

  private void letGo(EndCause why) {
    end.cancel();
    brakes.end();
    if (dial != null) {
      dial.cancel();
    }
    withTarget(socket -> socket.close(why.isClean()));
    up.drop();
    down.drop();
    closeWebSocket(why);
    loop.schedule(RELEASE_NANOS, port.releaser());
  }

  private void closeWebSocket(EndCause why) {
    if (webSocketClosed.compareAndSet(false, true)) {
      port.close(note(why));
    }
  }

  private void watch() {
    if (broken) {
      finish(EndCause.INTERNAL, null);
      return;
    }
    Watchdog.Verdict verdict =
        watchdog.check(System.nanoTime(), !webSocketClosed.get() && !clientDone);
    if (verdict.end() != null) {
      finish(verdict.end(), null);
      return;
    }
    if (verdict.ping() && !heartbeat.beat()) {
      finish(EndCause.CLIENT_LOST, "the container had forgotten to say so");
      return;
    }
    if (verdict.nextNanos() < Long.MAX_VALUE) {
      watch.set(verdict.nextNanos(), this::watch);
    }
  }

  /** What holds it back by intention; any thread. */
  public Brakes brakes() {
    return brakes;
  }

  /** What has moved, waits and has been stopped so far; any thread. */
  public RelayStats stats() {
    return RelayStats.of(up, down);
  }
}
