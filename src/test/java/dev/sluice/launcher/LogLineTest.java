package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What the embedded server's log looks like. */
class LogLineTest {

  private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 9, 4, 5, 6, 7_000_000);

  private static LogRecord record(String message) {
    LogRecord record = new LogRecord(Level.WARNING, message);
    Instant local = TIME.atZone(ZoneId.systemDefault()).toInstant();
    record.setInstant(local);
    record.setLoggerName("dev.sluice.audit");
    return record;
  }

  @Test
  void itHasLocalTimeLevelLoggerAndMessage() {
    String line = new LogLine().format(record("{\"seq\":1}"));
    assertThat(line)
        .isEqualTo(
            "2026-03-09T04:05:06.007 " + level() + " dev.sluice.audit: {\"seq\":1}%n".formatted());
  }

  private static String level() {
    return Level.WARNING.getLocalizedName();
  }

  @Test
  void parametersStandWhereTheMessageHasThem() {
    LogRecord record = record("{0} events");
    record.setParameters(new Object[] {3});
    assertThat(new LogLine().format(record)).endsWith(": 3 events%n".formatted());
  }

  @Test
  void whatWasThrownFollowsOnLinesOfItsOwn() {
    LogRecord record = record("it broke");
    record.setThrown(new IllegalStateException("why"));
    assertThat(new LogLine().format(record).lines())
        .element(1)
        .isEqualTo("java.lang.IllegalStateException: why");
  }

  @Test
  void nobodyAsksWhoLogged() {
    boolean[] asked = new boolean[1];
    LogRecord record =
        new LogRecord(Level.INFO, "a line") {
          private static final long serialVersionUID = 1;

          @Override
          public String getSourceClassName() {
            asked[0] = true;
            return super.getSourceClassName();
          }
        };
    new LogLine().format(record);
    assertThat(asked[0]).isFalse();
  }
}
