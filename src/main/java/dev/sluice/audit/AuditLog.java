package dev.sluice.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The node's record. Whoever has an event hands it over and goes on: one thread of its own writes,
 * so that no disk ever stops an I/O loop. What cannot be written waits in a bounded queue and is
 * tried again every second; what does not fit any more is lost, and a line says how much was.
 */
public final class AuditLog implements AutoCloseable {

  /** The name under which lines and alarms go into the server's log. */
  public static final String LOGGER = "dev.sluice.audit";

  /** Lines that are kept in memory, for {@link #last}. */
  public static final int KEPT = 1_000;

  /** Events that may wait for the disk. */
  static final int ROOM = 8_192;

  private static final int BATCH = 512;

  /** How long the first event of a batch waits for others, in milliseconds. */
  private static final long GATHER_MILLIS = 2;

  private static final long RETRY_SECONDS = 1;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Java 17 loses one where the first of all finds no memory. */
  private static final long LOST_WAKE_UP_SECONDS = 60;

  private static final long CLOSE_SECONDS = 5;

  /** Wakes the thread up when it is to end. */
  private static final AuditEvent END = AuditEvent.of("end-of-queue").build();

  private final AuditSettings settings;
  private final System.Logger log;

  /** Of one lock: with two, a giver without memory leaves its event and wakes nobody up. */
  private final BlockingQueue<AuditEvent> queue = new ArrayBlockingQueue<>(ROOM);

  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AuditTail tail = new AuditTail(KEPT);
  private final AuditWriter writer;
  private final Thread thread;

  /** Written by the one thread. */
  private volatile long reportedLost;

  private volatile boolean failing;

  private AuditLog(AuditSettings settings, ThreadFactory threads, System.Logger log) {
    this.settings = settings;
    this.log = log;
    this.writer = new AuditWriter(settings, log, tail);
    this.thread = threads.newThread(this::run);
    this.thread.setName("sluice-audit");
  }

  /**
   * Starts to record. A file that cannot be written does not stop the start: see {@link
   * #isFailing}.
   *
   * @param threads makes the one thread that writes
   */
  public static AuditLog start(AuditSettings settings, ThreadFactory threads) {
    return start(settings, threads, System.getLogger(LOGGER));
  }

  static AuditLog start(AuditSettings settings, ThreadFactory threads, System.Logger log) {
    AuditLog audit = new AuditLog(settings, threads, log);
    audit.record(AuditEvent.of("start").build());
    audit.thread.start();
    return audit;
  }

  /** Hands an event over. Any thread, never blocks. */
  public void record(AuditEvent event) {
    if (!queue.offer(event)) {
      lost.incrementAndGet();
    }
  }

  /** Whether events cannot be recorded now: the file takes none, or too many wait for it. */
  public boolean isFailing() {
    return failing || lost.get() != reportedLost;
  }

  /** Whether new tunnels are to be refused, because they could not be recorded. */
  public boolean refusesTunnels() {
    return settings.required() && isFailing();
  }

  /** Events that have been recorded since the start. */
  public long written() {
    return written.get();
  }

  /** Events that found no room since the start, and are in no file. */
  public long lost() {
    return lost.get();
  }

  /**
   * The newest lines of the record, the oldest first, each one JSON object; what has been handed
   * over is among them once it is written.
   *
   * @param most at most this many, of at most {@link #KEPT}
   */
  public List<String> last(int most) {
    return tail.last(most);
  }

  private void run() {
    Queue<AuditEvent> taken = new ArrayDeque<>(BATCH + 2);
    while (closing.getCount() > 0) {
      try {
        await(taken);
        write(taken);
      } catch (InterruptedException e) {
        closing.countDown(); // the server wants its thread back
      } catch (Error e) {
        // no memory, mostly, by somebody else: as with a full disk, events wait
        alarm("events cannot be recorded", e);
        LockSupport.parkNanos(PAUSE_NANOS); // waiting for the next try may take memory too
      }
    }
    try {
      queue.drainTo(taken);
      write(taken);
      if (failing) {
        log.log(
            System.Logger.Level.ERROR,
            "{0} events are in no audit record",
            taken.size() + writer.waiting());
      }
    } finally {
      writer.close();
    }
  }

  /** Waits for something to write, or, with the disk failing, for the next try. */
  private void await(Queue<AuditEvent> taken) throws InterruptedException {
    if (failing) {
      var unused = closing.await(RETRY_SECONDS, TimeUnit.SECONDS);
    } else {
      AuditEvent first = queue.poll(LOST_WAKE_UP_SECONDS, TimeUnit.SECONDS);
      if (first == null) {
        return;
      }
      taken.add(first);
      // a tunnel has two events, and others open and end meanwhile: waking up for each costs more
      // than writing it
      var unused = closing.await(GATHER_MILLIS, TimeUnit.MILLISECONDS);
      queue.drainTo(taken, BATCH);
    }
  }

  private void write(Queue<AuditEvent> taken) {
    taken.remove(END);
    try {
      put(taken);
      long all = lost.get();
      long missing = all - reportedLost;
      if (missing > 0) {
        taken.add(AuditEvent.of("lost").put("events", missing).build());
        reportedLost = all;
        put(taken);
      }
      if (failing) {
        log.log(System.Logger.Level.WARNING, "events are recorded again");
      }
      failing = false;
    } catch (IOException e) {
      alarm("audit.file cannot be written: " + e, null);
    } catch (RuntimeException e) {
      log.log(System.Logger.Level.ERROR, "events could not be recorded", e);
      lost.addAndGet(taken.size());
      taken.clear();
    }
  }

  /** Says what is wrong once, where there is the memory for it. */
  private void alarm(String what, @Nullable Throwable why) {
    boolean said = failing;
    failing = true;
    if (!said) {
      try {
        log.log(System.Logger.Level.ERROR, what, why);
      } catch (RuntimeException | Error silent) {
        // the metric and the health check say it too
      }
    }
  }

  private void put(Queue<AuditEvent> taken) throws IOException {
    int count = taken.size() + writer.waiting();
    writer.write(taken);
    written.addAndGet(count);
  }

  /** Writes what has been handed over, as far as the disk takes it, and lets go of the file. */
  @Override
  public void close() {
    closing.countDown();
    var unused = queue.offer(END); // where it finds no room, nobody waits for it either
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
