package dev.sluice.launcher;

import java.util.logging.Level;
import java.util.logging.Logger;

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
      System.setProperty(FORMAT, "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
    }
    ORG.setLevel(Level.WARNING);
    JAKARTA.setLevel(Level.WARNING);
  }
}
