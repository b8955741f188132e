package dev.sluice.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line a record: local time, level, logger and message; below it, what was thrown. The JDK's
 * own formatter could write the same, but walks the stack of every record for who logged it, also
 * where nothing shows that: a third of what the audit record's lines cost.
 */
final class LogLine extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  /** What most heads are shorter than, in characters. */
  private static final int HEAD = 96;

  @Override
  public String format(LogRecord record) {
    String message = formatMessage(record);
    StringBuilder line = new StringBuilder(message.length() + HEAD);
    TIME.formatTo(record.getInstant(), line);
    line.append(' ')
        .append(record.getLevel().getLocalizedName())
        .append(' ')
        .append(record.getLoggerName())
        .append(": ")
        .append(message);
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace, true));
      line.append(System.lineSeparator()).append(trace);
    }
    return line.append(System.lineSeparator()).toString();
  }
}
