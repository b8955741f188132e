package dev.sluice.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server that received it shows it, of whichever kind: what a {@link Caller} is
 * read from. Valid while the request is.
 */
public interface IncomingRequest {

  /** The values of a header, one for each line, in their order; empty where there is none. */
  List<String> headers(String name);

  /** The address at the other end of the connection, as text. */
  String peer();

  /** {@code http} or {@code https}, as the connection is. */
  String scheme();

  /** The raw query, or null. */
  @Nullable String query();

  /** The name that the server's own login has established, or null. */
  @Nullable String principal();

  /** Whether the server's own login gives the caller a role. */
  boolean isInRole(String role);
}
