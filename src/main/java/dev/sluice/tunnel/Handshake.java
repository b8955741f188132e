package dev.sluice.tunnel;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket handshake says, whichever server received it.
 *
 * @param path the raw path below the context path, such as {@code /tunnel/pg-main}
 * @param query the raw query, or null
 * @param origin the Origin header, or null
 * @param scheme {@code http} or {@code https}
 * @param host the Host header, or null
 * @param client the address the request came from, as text
 * @param localPort the port the gateway was reached at
 * @param hasRole whether the caller has a role
 */
public record Handshake(
    String path,
    @Nullable String query,
    @Nullable String origin,
    String scheme,
    @Nullable String host,
    String client,
    int localPort,
    Predicate<String> hasRole) {}
