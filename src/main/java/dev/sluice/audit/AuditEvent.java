package dev.sluice.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as the members of one JSON object in their order. Made where it happened, on
 * whichever thread, and written by another: so it costs a map and no text yet. Immutable.
 *
 * @param members texts, whole numbers, truths, and lists of these or of further maps
 */
public record AuditEvent(Map<String, Object> members) {

  /** Longest text of a client's that is kept; of a longer one this much, and an ellipsis. */
  static final int LONGEST = 1_024;

  public AuditEvent {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Begins an event of this moment, in UTC with milliseconds. */
  public static Builder of(String event) {
    return new Builder()
        .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("event", event);
  }

  /** Collects members. For one thread. */
  public static final class Builder {
    private final Map<String, Object> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a text; nothing where there is none. */
    public Builder put(String name, @Nullable String text) {
      return add(name, text == null ? null : clip(text));
    }

    /** Adds a whole number. */
    public Builder put(String name, long number) {
      return add(name, number);
    }

    /** Adds texts, or maps of texts. */
    public Builder put(String name, List<?> list) {
      return add(name, List.copyOf(list));
    }

    private Builder add(String name, @Nullable Object value) {
      if (value != null) {
        members.put(name, value);
      }
      return this;
    }

    /** The event. */
    public AuditEvent build() {
      return new AuditEvent(members);
    }

    private static String clip(String text) {
      return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
  }
}
