package dev.sluice.bench.trial;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one run of a test found: names and numbers, in the order in which they were put. */
public final class Figures {

  /** Of a run that did not come to an end, or not to a good one: why. */
  public static final String ERROR = "error";

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A run that failed. */
  public static Figures failed(String why) {
    return new Figures().put(ERROR, why);
  }

  /** Puts a number. */
  public Figures put(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Puts a count. */
  public Figures put(String name, long value) {
    return put(name, (double) value);
  }

  /** Puts a text. */
  public Figures put(String name, String value) {
    values.put(name, value);
    return this;
  }

  /** Puts an answer, yes or no. */
  public Figures put(String name, boolean value) {
    values.put(name, value);
    return this;
  }

  /** Says why the run is no good, unless {@code why} is empty or something was said already. */
  public Figures error(String why) {
    if (!why.isEmpty()) {
      values.putIfAbsent(ERROR, why);
    }
    return this;
  }

  /** All of them: numbers are Double, the others String and Boolean. */
  public Map<String, Object> values() {
    return values;
  }
}
