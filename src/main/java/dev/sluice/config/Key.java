package dev.sluice.config;

import java.util.Locale;

/**
 * One setting that the file, a property and the environment can give.
 *
 * @param path its parts from the root, joined by dots
 * @param standard what holds where nobody gives it
 * @param meaning for the operator, one line
 * @param live whether a change in the file takes effect without a restart
 */
record Key<T>(String path, ValueType<T> type, T standard, String meaning, boolean live) {

  static final String PROPERTY_PREFIX = "sluice.";
  static final String VARIABLE_PREFIX = "SLUICE_";

  /** The system property that sets it. */
  String property() {
    return PROPERTY_PREFIX + path;
  }

  /** The environment variable that sets it. */
  String variable() {
    return VARIABLE_PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
