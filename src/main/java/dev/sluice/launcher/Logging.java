package dev.sluice.launcher;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** One line a record, and of the libraries only what is wrong; a logging.properties wins. */
final class Logging {

  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /** Held, or the level would be forgotten with the logger. */
  private static final Logger ORG = Logger.getLogger("org");

  private static final Logger JAKARTA = Logger.getLogger("jakarta");

  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    if (System.getProperty(FORMAT) == null) {
      for (Handler handler : Logger.getLogger("").getHandlers()) {
        if (handler.getFormatter() instanceof SimpleFormatter) {
          handler.setFormatter(new LogLine());
        }
      }
    }
    ORG.setLevel(Level.WARNING);
    JAKARTA.setLevel(Level.WARNING);
  }
}
