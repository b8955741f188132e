package dev.sluice.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One stream of server-sent events. It is written only while the container would not block, and by
 * one thread at a time: whoever finds another one writing leaves the work to it. Of what the client
 * is too slow for only the newest event is kept; a client that takes nothing for {@link #PATIENCE}
 * events is let go.
 */
final class Watcher implements WriteListener, AsyncListener {

  /** Events in a row that a client may leave unread. */
  static final int PATIENCE = 10;

  /** Browsers come again by themselves, so that nothing is held for one that is gone unnoticed. */
  private static final long LONGEST_MILLIS = 600_000;

  private static final byte[] GREETING = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
  private static final System.Logger LOG = System.getLogger(Watcher.class.getName());

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicReference<byte @Nullable []> pending = new AtomicReference<>(GREETING);
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger unread = new AtomicInteger();
  private boolean owesFlush;

  /** Whether the container has been asked to call back. */
  private volatile boolean awaitsRoom;

  Watcher(AsyncContext context, ServletOutputStream out) {
    this.context = context;
    this.out = out;
  }

  /** Answers a request with a stream that goes on. */
  static Watcher start(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // before anything asynchronous: Grizzly forgets it otherwise
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(LONGEST_MILLIS);
    ServletOutputStream out = response.getOutputStream();
    Watcher watcher = new Watcher(context, out);
    context.addListener(watcher);
    out.setWriteListener(watcher);
    // Grizzly calls nobody who has not asked
    watcher.drain();
    return watcher;
  }

  /** Shows an event as soon as the client takes it. Any thread, never blocks. */
  void show(byte[] event) {
    if (unread.incrementAndGet() > PATIENCE) {
      end();
      return;
    }
    pending.set(event);
    drain();
  }

  /** Whether nothing can be shown any more. */
  boolean isOver() {
    return over.get();
  }

  private void drain() {
    if (work.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      try {
        write();
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "a watcher is gone", e);
        end();
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void write() throws IOException {
    while (!over.get() && hasRoom()) {
      if (owesFlush) {
        owesFlush = false;
        out.flush();
        unread.set(0);
        continue;
      }
      byte[] event = pending.getAndSet(null);
      if (event == null) {
        return;
      }
      out.write(event);
      owesFlush = true;
    }
  }

  /** Asked once for each call back. */
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
  public void onWritePossible() {
    awaitsRoom = false;
    drain();
  }

  /** Ends the stream. Any thread; once. */
  void end() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      // a thread of the container's: completing may wait for a client that reads nothing
      context.start(this::complete);
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the request had ended", e);
    }
  }

  /** Undertow waits for such a client for ever, unless its thread is interrupted. */
  private void complete() {
    boolean stuck = unread.get() > PATIENCE;
    if (stuck) {
      Thread.currentThread().interrupt();
    }
    try {
      context.complete();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the request had ended", e);
    } finally {
      if (stuck) {
        Thread.interrupted();
      }
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    over.set(true);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // nothing starts a second time
  }
}
