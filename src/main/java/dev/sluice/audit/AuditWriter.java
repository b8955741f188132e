package dev.sluice.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into lines of one chain and gets them into the server's log and the file, in this
 * order and once each. What the file does not take waits, as the lines that it will be. For one
 * thread.
 */
final class AuditWriter {

  private final AuditSettings settings;
  private final System.Logger log;
  private final AuditTail tail;
  private final Chain chain;
  private final ArrayList<String> waiting = new ArrayList<>();
  private @Nullable AuditFile file;
  private boolean begun;

  /**
   * Begins.
   *
   * @param tail gets each line too
   */
  AuditWriter(AuditSettings settings, System.Logger log, AuditTail tail) {
    this.tail = tail;
    this.settings = settings;
    this.log = log;
    this.chain = new Chain(settings.node());
  }

  /**
   * Writes events, after what still waits.
   *
   * @param events each is taken out as soon as it is a line, so that a file which never could be
   *     opened leaves them in it
   * @throws IOException if the file does not take all
   */
  void write(Queue<AuditEvent> events) throws IOException {
    if (settings.file().isPresent() && !begun) {
      begin(settings.file().get());
    }
    for (AuditEvent event = events.peek(); event != null; event = events.peek()) {
      String line = line(event);
      events.remove();
      show(line);
    }
    if (settings.file().isPresent()) {
      flush(settings.file().get());
    }
  }

  /**
   * Either the event has become a line that waits, or, without memory for it, nothing is changed.
   */
  private String line(AuditEvent event) {
    if (settings.file().isPresent()) {
      waiting.ensureCapacity(waiting.size() + 1);
    }
    String line = chain.next(event);
    if (settings.file().isPresent()) {
      waiting.add(line);
    }
    return line;
  }

  private void show(String line) {
    tail.add(line);
    if (settings.log()) {
      log.log(System.Logger.Level.INFO, line);
    }
  }

  private void flush(Path path) throws IOException {
    try {
      while (!waiting.isEmpty()) {
        AuditFile current = current(path);
        long room = settings.maxSize() - current.size();
        StringBuilder lines = new StringBuilder();
        int count = 0;
        while (count < waiting.size() && lines.length() < room) {
          lines.append(waiting.get(count++)).append('\n');
        }
        List<String> leaving = waiting.subList(0, count); // before: clearing takes no memory
        current.append(lines.toString());
        leaving.clear();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** The file to append to: a new one where the last is full, or where somebody took it away. */
  private AuditFile current(Path path) throws IOException {
    AuditFile current = file;
    if (current != null && !current.isInPlace()) {
      close();
      current = null;
    }
    if (current == null) {
      current = AuditFile.open(path);
      file = current;
    }
    if (current.size() >= settings.maxSize()) {
      current.close();
      file = null;
      AuditFile.rotate(path, settings.keep());
      current = AuditFile.open(path);
      file = current;
    }
    return current;
  }

  /** Goes on where the process before this one ended. */
  private void begin(Path path) throws IOException {
    AuditFile opened = AuditFile.open(path);
    file = opened;
    try {
      AuditFile.Tail found = opened.mend();
      if (found.line().isPresent()) {
        String last = found.line().get();
        Optional<Link> link = Link.of(last);
        if (link.isEmpty()) {
          throw new IOException(
              "the last line of " + path + " is none of an audit record: move the file away");
        }
        chain.continueAfter(link.get().number(), last);
      }
      if (!found.torn().isEmpty()) {
        show(line(AuditEvent.of("mended").put("torn", found.torn()).build()));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
    begun = true;
  }

  /** How many lines wait for the file. */
  int waiting() {
    return waiting.size();
  }

  /** Lets go of the file; what waits goes on waiting. */
  void close() {
    AuditFile current = file;
    file = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        log.log(System.Logger.Level.DEBUG, "the audit file did not close", e);
      }
    }
  }
}
