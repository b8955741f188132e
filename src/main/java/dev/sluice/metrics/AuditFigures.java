package dev.sluice.metrics;

/** How the audit record fares, read at scrape time. Any thread, without blocking. */
public interface AuditFigures {

  /** Whether events cannot be recorded now. */
  boolean isFailing();

  /** Events that have been recorded since the start. */
  long written();

  /** Events that found no room since the start. */
  long lost();
}
