package dev.sluice.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A WebSocket that completes when the test says so, or at once, inside the send. */
final class FakePort implements WebSocketPort {

  final List<Integer> messages = new ArrayList<>();
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  final ArrayDeque<SendCompletion> outstanding = new ArrayDeque<>();
  final List<String> levers = new ArrayList<>();
  final List<EndCause> closes = new ArrayList<>();
  final CountDownLatch closed = new CountDownLatch(1);
  volatile boolean completeAtOnce;
  volatile boolean open = true;
  boolean keepBytes = true;
  int mostOutstanding;
  int pings;
  volatile LongConsumer onPing = id -> {};
  volatile Runnable onPause = () -> {};
  volatile Runnable onClose = () -> {};
  int releases;

  @Override
  public void send(ByteBuffer message, SendCompletion completion) {
    synchronized (this) {
      messages.add(message.remaining());
      if (keepBytes) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        sent.writeBytes(bytes);
      }
      outstanding.add(completion);
      mostOutstanding = Math.max(mostOutstanding, outstanding.size());
    }
    if (completeAtOnce) {
      complete(true);
    }
  }

  /** Completes the oldest send; false if none is outstanding. */
  boolean complete(boolean ok) {
    SendCompletion next;
    synchronized (this) {
      next = outstanding.poll();
    }
    if (next == null) {
      return false;
    }
    next.completed(ok);
    return true;
  }

  /** Whether a client that does as it is told sends nothing now. */
  synchronized boolean isStopped() {
    return levers.size() % 2 == 1;
  }

  @Override
  public void pauseReceiving() {
    synchronized (this) {
      levers.add("pause");
    }
    onPause.run();
  }

  @Override
  public synchronized void resumeReceiving() {
    levers.add("resume");
  }

  @Override
  public boolean ping(long id) {
    synchronized (this) {
      pings++;
    }
    onPing.accept(id);
    return open;
  }

  @Override
  public void close(EndCause cause) {
    synchronized (this) {
      closes.add(cause);
    }
    closed.countDown();
    onClose.run();
  }

  @Override
  public synchronized void release() {
    releases++;
  }

  synchronized byte[] received() {
    return sent.toByteArray();
  }

  boolean awaitClose() throws InterruptedException {
    return closed.await(20, TimeUnit.SECONDS);
  }
}
