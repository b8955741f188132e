package dev.sluice.tunnel;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a handshake belongs in the trace of whoever sent it: the header {@code traceparent} (W3C
 * Trace Context §3.2). Its parts are hexadecimal digits and nothing else, so they are fit for a log
 * as they are.
 *
 * @param traceId 32 digits, the same for the whole trace
 * @param parentId 16 digits, the step that sent the handshake
 * @param flags 2 digits
 */
public record TraceParent(String traceId, String parentId, String flags) {

  /** Of versions after 00 the same parts are read, and more may follow behind a dash (§3.2.4). */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /**
   * Reads the header's lines.
   *
   * @return null where there is none, more than one, or one that is malformed: such a header is to
   *     be treated as if it had not come
   */
  public static @Nullable TraceParent of(List<String> lines) {
    Matcher form = FORM.matcher(lines.size() == 1 ? lines.get(0).strip() : "");
    boolean known = form.matches() && (form.group(5) == null || !form.group(1).equals("00"));
    return known ? new TraceParent(form.group(2), form.group(3), form.group(4)) : null;
  }

  /** Trace and parent, as a line of the log has them. */
  @Override
  public String toString() {
    return traceId + "-" + parentId;
  }
}
