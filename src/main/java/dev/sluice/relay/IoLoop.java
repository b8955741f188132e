package dev.sluice.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector and the thread that serves it: readiness, tasks and timers of the channels that live
 * on it. It sleeps until one of them wants it.
 *
 * <p>Nothing that runs on the loop may block: every tunnel of the loop waits meanwhile.
 */
public final class IoLoop implements Runnable {

  /** What a registered channel is told, on the loop's thread. */
  public interface Handler {
    /** The channel is ready for some of the operations its key is interested in. */
    void ready(SelectionKey key) throws IOException;

    /** {@link #ready} threw. The handler is to release its channel. */
    void failed(Throwable failure);
  }

  /**
   * This many ready channels in a round mean that clients and targets want processors too: letting
   * them go first makes the next round larger, and a message cheaper.
   */
  private static final int BUSY = 8;

  /** When a timer's task is tried again that found no memory. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final System.Logger LOG = System.getLogger(IoLoop.class.getName());

  private final Selector selector;
  private final Object taskLock = new Object();
  private ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private ArrayDeque<Runnable> running = new ArrayDeque<>();
  private final TimerQueue timers = new TimerQueue();
  private final Consumer<SelectionKey> dispatch = this::dispatch;
  private @Nullable ByteBuffer scrap;
  private @Nullable ByteBuffer passage;
  private @Nullable ByteBuffer heapPassage;
  private volatile @Nullable Thread thread;

  /**
   * Waits in the kernel, or is about to: a loop that is awake need not be woken, which takes a call
   * to the kernel on either side and one more round.
   */
  private volatile boolean asleep;

  private volatile boolean stopping;
  private volatile boolean terminated;

  /** Opens the selector; {@link #run} serves it. */
  public IoLoop() throws IOException {
    this.selector = Selector.open();
  }

  /**
   * Runs {@code task} on the loop's thread, after what was handed in before it. Any thread. Once
   * the loop has ended the task runs on the caller's thread, so that a late release still happens.
   */
  public void execute(Runnable task) {
    if (!enqueue(task)) {
      runGuarded(task);
    } else if (asleep && !inLoop()) {
      selector.wakeup();
    }
  }

  /**
   * The same for what has time until something else wakes the loop, which has to be certain:
   * another task that follows, or a timer.
   */
  public void executeInPassing(Runnable task) {
    if (!enqueue(task)) {
      runGuarded(task);
    }
  }

  private boolean enqueue(Runnable task) {
    synchronized (taskLock) {
      if (!terminated) {
        tasks.add(task);
      }
      return !terminated;
    }
  }

  /** Whether the caller is the loop's thread. */
  public boolean inLoop() {
    return Thread.currentThread() == thread;
  }

  /** Whether the loop is serving. */
  public boolean isRunning() {
    Thread t = thread;
    return t != null && t.isAlive() && !stopping;
  }

  /**
   * Runs {@code task} after {@code delayNanos}, or when the loop ends. The loop's thread only; once
   * it has ended, the task is dropped. A task that finds no memory is run again a little later:
   * what it had done by then must bear that.
   */
  public Timer schedule(long delayNanos, Runnable task) {
    Timer timer = new Timer(System.nanoTime() + Math.max(0, delayNanos), task);
    if (ownsTimers()) {
      timers.add(timer);
    }
    return timer;
  }

  /**
   * Once the loop has ended its tasks run on any threads, at once, while it runs its last timers.
   */
  private boolean ownsTimers() {
    return inLoop() && selector.isOpen();
  }

  /**
   * Registers a non-blocking channel. The loop's thread only.
   *
   * @throws ClosedChannelException when the channel is closed, or the loop stops or has ended: what
   *     came after the last round would never be served nor closed
   */
  public SelectionKey register(SocketChannel channel, int ops, Handler handler)
      throws ClosedChannelException {
    if (stopping) {
      throw new ClosedChannelException();
    }
    return channel.register(selector, ops, handler);
  }

  /**
   * Where bytes pass through while a handler runs, 256 KiB: one for all channels of the loop, so it
   * is always warm, and a tunnel at rest holds none. The loop's thread only.
   */
  public ByteBuffer passage() {
    ByteBuffer b = passage == null ? ByteBuffer.allocateDirect(ChunkPool.LARGE) : passage;
    passage = b;
    return b.clear();
  }

  /**
   * A second passage, for what the bytes of the first are made from or into, 288 KiB: what crosses
   * the wire as TLS. Of the heap, which the JDK's ciphers are fastest on. The loop's thread only.
   */
  public ByteBuffer heapPassage() {
    ByteBuffer b =
        heapPassage == null
            ? ByteBuffer.allocate(ChunkPool.LARGE + 2 * ChunkPool.SMALL)
            : heapPassage;
    heapPassage = b;
    return b.clear();
  }

  /** Room for a few bytes of this moment, 16 KiB. The loop's thread only. */
  public ByteBuffer scrap() {
    ByteBuffer b = scrap == null ? ByteBuffer.allocateDirect(ChunkPool.SMALL) : scrap;
    scrap = b;
    return b.clear();
  }

  /** Adds operations of interest from any thread; the loop notices at once. */
  public void addInterest(SelectionKey key, int ops) {
    try {
      if ((key.interestOpsOr(ops) & ops) != ops && !inLoop()) {
        selector.wakeup();
      }
    } catch (CancelledKeyException | ClosedSelectorException alreadyReleased) {
      // the channel ended meanwhile, or the loop: nothing is left to be interested in
    }
  }

  /** Takes operations of interest away. The loop's thread only. */
  public void removeInterest(SelectionKey key, int ops) {
    try {
      key.interestOpsAnd(~ops);
    } catch (CancelledKeyException alreadyReleased) {
      // as above
    }
  }

  /** Ends {@link #run} after the tasks at hand, closing what is still registered. Any thread. */
  public void stop() {
    stopping = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!stopping) {
        serveGuarded();
      }
    } finally {
      terminate();
    }
  }

  /** A loop that ended would take its tunnels with it, when others have left no memory. */
  private void serveGuarded() {
    try {
      serve();
    } catch (IOException | RuntimeException | Error e) {
      report("loop failed", e);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a matter of speed: nothing depends on who runs next
  private void serve() throws IOException {
    try {
      int served =
          fallAsleep()
              ? selector.select(dispatch, untilNextTimerMillis())
              : selector.selectNow(dispatch);
      if (served >= BUSY) {
        Thread.yield();
      }
    } finally {
      asleep = false;
      Thread.interrupted(); // pending, it would make every select return at once
      runTimers();
      runTasks();
    }
  }

  /** Not while there is something to do. What comes after this has to wake the loop. */
  private boolean fallAsleep() {
    synchronized (taskLock) {
      asleep = tasks.isEmpty();
      return asleep;
    }
  }

  /** Zero means without a limit, as {@link Selector#select(long)} has it. */
  private long untilNextTimerMillis() {
    Timer next = timers.peek();
    if (next == null) {
      return 0;
    }
    long nanos = next.at - System.nanoTime();
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
  }

  private void dispatch(SelectionKey key) {
    if (asleep) {
      asleep = false;
    }
    try {
      ((Handler) key.attachment()).ready(key);
    } catch (CancelledKeyException alreadyReleased) {
      // released by another handler of this round
    } catch (IOException | RuntimeException | Error e) {
      // whoever has the channel now: a dial hands it on while it is being told
      fail((Handler) key.attachment(), e);
    }
  }

  private static void fail(Handler handler, Throwable failure) {
    try {
      handler.failed(failure);
    } catch (RuntimeException | Error e) {
      report("handler failed while failing", e);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    for (Timer t = timers.peek(); t != null && t.at - now <= 0; t = timers.peek()) {
      timers.poll();
      Runnable task = t.task;
      if (task != null) {
        runInTime(t, task);
      }
    }
  }

  /** A watch that is kept no more would leave its tunnel for ever. */
  private void runInTime(Timer timer, Runnable task) {
    try {
      task.run();
    } catch (OutOfMemoryError e) {
      timer.at = System.nanoTime() + AGAIN_NANOS;
      timers.add(timer); // takes no memory: its place has just become free
      report("no memory for a task in its time: it is tried again", e);
    } catch (RuntimeException | Error e) {
      report("task failed", e);
    }
  }

  private void runTasks() {
    synchronized (taskLock) {
      ArrayDeque<Runnable> swap = running;
      running = tasks;
      tasks = swap;
    }
    for (Runnable task = running.poll(); task != null; task = running.poll()) {
      runGuarded(task);
    }
  }

  private static void runGuarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      report("task failed", e);
    }
  }

  /** A report takes memory, which may be just what there is none of. */
  private static void report(String what, Throwable failure) {
    try {
      LOG.log(System.Logger.Level.ERROR, what, failure);
    } catch (RuntimeException | Error unreported) {
      // the loop goes on without
    }
  }

  private void terminate() {
    stopping = true;
    for (SelectionKey key : new ArrayList<>(selector.keys())) {
      fail((Handler) key.attachment(), new ClosedChannelException());
    }
    while (true) {
      runTasks();
      synchronized (taskLock) {
        if (tasks.isEmpty()) {
          terminated = true;
          break;
        }
      }
    }
    // what was to happen later happens now, or never would
    for (Timer t = timers.poll(); t != null; t = timers.poll()) {
      Runnable task = t.task;
      if (task != null) {
        runGuarded(task);
      }
    }
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "selector did not close", e);
    }
  }

  /** A task that waits for its time. */
  public final class Timer {
    static final int NOWHERE = -1;

    /** By {@link System#nanoTime}; only ever compared by its distance. */
    long at;

    /** Where its queue has it. */
    int place = NOWHERE;

    private volatile @Nullable Runnable task;

    Timer(long at, Runnable task) {
      this.at = at;
      this.task = task;
    }

    /** Forgets the task. The loop's thread only; harmless once it has run. */
    public void cancel() {
      if (task != null) {
        task = null;
        if (ownsTimers()) {
          timers.remove(this);
        }
      }
    }
  }
}
