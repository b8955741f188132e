package dev.sluice.relay;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The failures that loops report while this is open, of whichever tests run meanwhile. */
final class LoopReports extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger(IoLoop.class.getName());
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  LoopReports() {
    logger.addHandler(this);
  }

  /** What was reported so far. */
  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void publish(LogRecord report) {
    failures.add(report.getThrown());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
