package dev.sluice.tunnel;

import dev.sluice.access.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket handshake says, whichever server received it.
 *
 * @param path the raw path below the context path, such as {@code /tunnel/pg-main}
 * @param query the raw query, or null
 * @param localPort the port the gateway was reached at
 * @param caller who sent it
 * @param trace the trace that it belongs to, or null
 */
public record Handshake(
    String path,
    @Nullable String query,
    int localPort,
    Caller caller,
    @Nullable TraceParent trace) {

  /** The header that {@link #trace} is read from. */
  public static final String TRACE_HEADER = "traceparent";
}
